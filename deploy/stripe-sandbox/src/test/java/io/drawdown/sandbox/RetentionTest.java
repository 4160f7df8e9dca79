package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is older than Stripe keeps it is gone after a start, and the journal need not carry it. */
class RetentionTest {

    static final Instant BEGIN = Instant.parse("2026-08-01T00:00:00Z");
    static final CustomerCreateParams ACME =
            CustomerCreateParams.builder().setName("Acme").build();

    @TempDir
    Path data;

    StripeSandbox startAfter(Duration passed) {
        return StripeSandbox.start(
                SandboxOptions.defaults().withData(data).withClock(InstantSource.fixed(BEGIN.plus(passed))));
    }

    static StripeClient client(StripeSandbox sandbox) {
        return StripeClient.builder()
                .setApiKey("sk_test_x")
                .setApiBase(sandbox.baseUrl())
                .build();
    }

    @Test
    void coversEventsAndIdempotentResults() throws StripeException {
        String event;
        String customer;
        try (var sandbox = startAfter(Duration.ZERO)) {
            var stripe = client(sandbox).v1();
            customer = stripe.customers().create(ACME, Sandboxed.key("k")).getId();
            event = stripe.events().list().getData().getFirst().getId();
        }
        try (var sandbox = startAfter(Duration.ofDays(29))) {
            var stripe = client(sandbox).v1();
            assertThat(stripe.events().retrieve(event).getType()).isEqualTo("customer.created");
            assertThat(stripe.customers().create(ACME, Sandboxed.key("k")).getId())
                    .isNotEqualTo(customer);
        }
        try (var sandbox = startAfter(Duration.ofDays(31))) {
            var stripe = client(sandbox).v1();
            assertThat(stripe.events().list().getData()).hasSize(1);
            assertThat(stripe.customers().retrieve(customer).getName()).isEqualTo("Acme");
        }
    }

    @Test
    void endsATestClockWithItsCustomersAfterAMonth() throws StripeException {
        String clock;
        String customer;
        try (var sandbox = startAfter(Duration.ZERO)) {
            var stripe = client(sandbox).v1();
            clock = stripe.testHelpers()
                    .testClocks()
                    .create(TestClockCreateParams.builder()
                            .setFrozenTime(BEGIN.getEpochSecond())
                            .build())
                    .getId();
            customer = stripe.customers()
                    .create(CustomerCreateParams.builder().setTestClock(clock).build())
                    .getId();
        }
        try (var sandbox = startAfter(Duration.ofDays(29))) {
            assertThat(client(sandbox)
                            .v1()
                            .testHelpers()
                            .testClocks()
                            .retrieve(clock)
                            .getStatus())
                    .isEqualTo("ready");
        }
        try (var sandbox = startAfter(Duration.ofDays(31))) {
            var stripe = client(sandbox).v1();
            Awaitility.await()
                    .until(() -> Boolean.TRUE.equals(
                            stripe.customers().retrieve(customer).getDeleted()));
            assertThat(stripe.testHelpers().testClocks().list().getData()).isEmpty();
        }
    }
}
