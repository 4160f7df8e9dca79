package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedTest {

    static final String TWO_CUSTOMERS = """
            # Two customers, and one of them owes something.
            acme = POST /v1/customers name="Acme & Söhne" email=a@acme.example  # who pays
            POST /v1/customers name='Owes $$5' payment_method=pm_card_chargeCustomerFail \
            invoice_settings[default_payment_method]=pm_card_chargeCustomerFail metadata[friend]=$acme.email

            late = GET /v1/customers limit=1
            due  = POST /v1/invoices customer=$acme
            POST /v1/invoiceitems customer=$acme invoice=$due amount=500 currency=usd
            POST /v1/invoices/$due/finalize
            POST /v1/invoices/$due/pay -> 400
            POST /_sandbox/webhooks shuffle=true
            """;

    @TempDir
    Path folder;

    SandboxOptions seeded(String seed) throws IOException {
        var file = Files.writeString(folder.resolve("seed.txt"), seed);
        return SandboxOptions.defaults().withData(folder.resolve("data")).withSeed(file);
    }

    static StripeClient client(StripeSandbox sandbox) {
        return StripeClient.builder()
                .setApiKey("sk_test_x")
                .setApiBase(sandbox.baseUrl())
                .build();
    }

    static List<Customer> customers(StripeSandbox sandbox) throws StripeException {
        return client(sandbox).v1().customers().list().getData();
    }

    @Test
    void isThereFromTheStartAndOnlyOnce() throws Exception {
        var options = seeded(TWO_CUSTOMERS);
        try (var sandbox = StripeSandbox.start(options)) {
            assertThat(customers(sandbox)).extracting(Customer::getName).containsExactly("Owes $5", "Acme & Söhne");
            assertThat(customers(sandbox).getFirst().getMetadata()).containsEntry("friend", "a@acme.example");
            assertThat(client(sandbox).v1().invoices().list().getData())
                    .singleElement()
                    .satisfies(invoice -> assertThat(invoice.getAmountDue()).isEqualTo(500));
        }
        try (var sandbox = StripeSandbox.start(options)) {
            assertThat(customers(sandbox)).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FETCH /v1/customers",
                "POST v1/customers",
                "POST",
                "POST /v1/customers name",
                "POST /v1/customers name=\"Acme",
                "POST /v1/customers -> soon"
            })
    void isReadWholeBeforeAnythingIsDone(String line) throws IOException {
        var options = seeded("POST /v1/customers\n" + line);
        assertThatThrownBy(() -> StripeSandbox.start(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Line 2: ");
        StripeSandbox.start(seeded("POST /v1/customers")).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/customers nmae=x",
                "POST /v1/customers name=$nobody",
                "POST /v1/customers -> 402",
                "GET /v1/customers/cus_x"
            })
    void saysWhichLineFailedAndIsNotTakenForWhole(String line) throws IOException {
        var options = seeded("a = POST /v1/customers\n" + line);
        assertThatThrownBy(() -> StripeSandbox.start(options))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Line 2: ");
        assertThatThrownBy(() -> StripeSandbox.start(options)).hasMessageContaining("empty the folder");
    }

    @Test
    void leavesAloneWhatIsThere() throws Exception {
        var options = seeded(TWO_CUSTOMERS);
        try (var sandbox = StripeSandbox.start(options.withSeed(null))) {
            client(sandbox).v1().customers().create();
        }
        try (var sandbox = StripeSandbox.start(options)) {
            assertThat(customers(sandbox)).hasSize(1);
        }
    }

    @Test
    void waitsForTestClocks() throws Exception {
        var options = seeded("""
                clock = POST /v1/test_helpers/test_clocks frozen_time=1780000000
                POST /v1/test_helpers/test_clocks/$clock/advance frozen_time=1780003600
                """);
        try (var sandbox = StripeSandbox.start(options)) {
            assertThat(client(sandbox).v1().testHelpers().testClocks().list().getData())
                    .singleElement()
                    .satisfies(clock -> assertThat(clock.getStatus()).isEqualTo("ready"))
                    .satisfies(clock -> assertThat(clock.getFrozenTime()).isEqualTo(1780003600));
        }
    }

    @Test
    void mayArrangeTroubleAtEachStart() throws Exception {
        var options = SandboxOptions.defaults()
                .withTroubles(List.of("POST /_sandbox/troubles kind=error-before status=503 path=/v1/customers"));
        try (var sandbox = StripeSandbox.start(options)) {
            var impatient = StripeClient.builder()
                    .setApiKey("sk_test_x")
                    .setApiBase(sandbox.baseUrl())
                    .setMaxNetworkRetries(0)
                    .build();
            assertThatThrownBy(() -> impatient.v1().customers().list()).hasMessageContaining("trouble on demand");
        }
    }
}
