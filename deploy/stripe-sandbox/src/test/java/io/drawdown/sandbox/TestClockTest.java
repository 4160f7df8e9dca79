package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.testhelpers.TestClock;
import com.stripe.param.CustomerListParams;
import com.stripe.param.InvoiceUpdateParams;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestClockTest extends Clocked {

    static final Instant START = Instant.parse("2025-01-31T10:00:00Z");

    Invoice advancing(long cents, String card) throws StripeException {
        var draft = draftOf(customerOn(clock, card), cents);
        return stripe.v1()
                .invoices()
                .update(
                        draft.getId(),
                        InvoiceUpdateParams.builder().setAutoAdvance(true).build());
    }

    @Test
    void standsStillUntilItIsAdvanced() throws StripeException {
        var invoice = advancing(4500, "pm_card_visa");
        assertThat(invoice.getCreated()).isEqualTo(START.getEpochSecond());
        assertThat(invoice.getTestClock()).isEqualTo(clock.getId());
        assertThat(invoice.getAutomaticallyFinalizesAt())
                .isEqualTo(START.plus(Duration.ofHours(1)).getEpochSecond());
        advance(Duration.ofMinutes(59));
        assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getStatus()).isEqualTo("draft");
    }

    @Test
    void leavesWhatLivingThroughItWouldLeave() throws StripeException {
        var invoice = advancing(4500, "pm_card_chargeCustomerFail");
        advance(Duration.ofDays(30));
        var tried = stripe.v1().invoices().retrieve(invoice.getId());
        assertThat(tried.getStatus()).isEqualTo("open");
        assertThat(tried.getAttemptCount()).isEqualTo(4);
        assertThat(tried.getNextPaymentAttempt()).isNull();
        var finalized = START.plus(Duration.ofHours(1));
        assertThat(tried.getStatusTransitions().getFinalizedAt()).isEqualTo(finalized.getEpochSecond());
        assertThat(timesOf("charge.failed"))
                .containsExactly(
                        finalized,
                        finalized.plus(Duration.ofDays(3)),
                        finalized.plus(Duration.ofDays(8)),
                        finalized.plus(Duration.ofDays(15)));
    }

    @Test
    void saysWhenItBeginsAndHasArrived() throws StripeException {
        var underway = stripe.v1()
                .testHelpers()
                .testClocks()
                .advance(
                        clock.getId(),
                        com.stripe.param.testhelpers.TestClockAdvanceParams.builder()
                                .setFrozenTime(START.plus(Duration.ofDays(1)).getEpochSecond())
                                .build());
        assertThat(underway.getStatus()).isEqualTo("advancing");
        assertThat(underway.getStatusDetails().getAdvancing().getTargetFrozenTime())
                .isEqualTo(START.plus(Duration.ofDays(1)).getEpochSecond());
        awaitReady(clock.getId());
        assertThat(eventTypes())
                .containsExactly(
                        "test_helpers.test_clock.created",
                        "test_helpers.test_clock.advancing",
                        "test_helpers.test_clock.ready");
    }

    @Test
    void movesForwardOnlyAndNotTooFar() {
        assertThatThrownBy(() -> advance(Duration.ofSeconds(0)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("forward");
        assertThatThrownBy(() -> advance(Duration.ofDays(731)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("two years");
    }

    @Test
    void hidesItsCustomersFromTheCommonList() throws StripeException {
        var customer = customerOn(clock, "pm_card_visa");
        assertThat(stripe.v1().customers().list().getData()).isEmpty();
        assertThat(stripe.v1()
                        .customers()
                        .list(CustomerListParams.builder()
                                .setTestClock(clock.getId())
                                .build())
                        .getData())
                .singleElement()
                .satisfies(found -> assertThat(found.getId()).isEqualTo(customer.getId()));
    }

    @Test
    void takesItsCustomersWithItWhenItIsDeleted() throws StripeException {
        var customer = customerOn(clock, "pm_card_visa");
        assertThat(stripe.v1().testHelpers().testClocks().delete(clock.getId()).getDeleted())
                .isTrue();
        assertThat(stripe.v1().customers().retrieve(customer.getId()).getDeleted())
                .isTrue();
        assertThatThrownBy(() -> stripe.v1().testHelpers().testClocks().retrieve(clock.getId()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void takesThreeCustomers() throws StripeException {
        for (int i = 0; i < 3; i++) {
            customerOn(clock, "pm_card_visa");
        }
        assertThatThrownBy(() -> customerOn(clock, "pm_card_visa"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("at most 3");
    }

    @Test
    void isListedAndServedLikeAnyOther() throws StripeException {
        TestClock listed =
                stripe.v1().testHelpers().testClocks().list().getData().getFirst();
        assertThat(listed.getDeletesAfter() - listed.getCreated())
                .isEqualTo(Duration.ofDays(30).toSeconds());
        assertThat(stripe.v1()
                        .testHelpers()
                        .testClocks()
                        .retrieve(clock.getId())
                        .getFrozenTime())
                .isEqualTo(START.getEpochSecond());
    }

    @Override
    Instant start() {
        return START;
    }
}
