package io.drawdown.sandbox;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.testhelpers.TestClock;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

/** Stories on a test clock. */
abstract class Clocked extends Sandboxed {

    TestClock clock;

    /** When the clock of each test starts. */
    Instant start() {
        return Instant.parse("2026-01-15T12:00:00Z");
    }

    @BeforeEach
    void startClock() throws StripeException {
        clock = stripe.v1()
                .testHelpers()
                .testClocks()
                .create(TestClockCreateParams.builder()
                        .setFrozenTime(start().getEpochSecond())
                        .build());
    }

    /** A customer of the clock with that card as its default. */
    Customer customerOn(TestClock testClock, String card) throws StripeException {
        return stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setName("Acme")
                        .setTestClock(testClock.getId())
                        .setPaymentMethod(card)
                        .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                .setDefaultPaymentMethod(card)
                                .build())
                        .build());
    }

    /** Advances by so much and waits until it is done. */
    void advance(Duration by) throws StripeException {
        var now = stripe.v1().testHelpers().testClocks().retrieve(clock.getId()).getFrozenTime();
        advanceTo(Instant.ofEpochSecond(now).plus(by));
    }

    void advanceTo(Instant to) throws StripeException {
        stripe.v1()
                .testHelpers()
                .testClocks()
                .advance(
                        clock.getId(),
                        TestClockAdvanceParams.builder()
                                .setFrozenTime(to.getEpochSecond())
                                .build());
        awaitReady(clock.getId());
    }

    void awaitReady(String id) {
        Awaitility.await()
                .until(() -> !stripe.v1()
                        .testHelpers()
                        .testClocks()
                        .retrieve(id)
                        .getStatus()
                        .equals("advancing"));
    }

    /** When the events of a type happened, oldest first. */
    List<Instant> timesOf(String type) throws StripeException {
        return stripe
                .v1()
                .events()
                .list(EventListParams.builder().setLimit(100L).setType(type).build())
                .getData()
                .reversed()
                .stream()
                .map(Event::getCreated)
                .map(Instant::ofEpochSecond)
                .toList();
    }
}
