package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.InvoicePayParams;
import io.drawdown.sandbox.subscription.SubscriptionSettings;
import io.drawdown.sandbox.subscription.SubscriptionSettings.AfterLastRetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of a subscription that nobody pays for, as its account has chosen. */
class DunningTest {

    abstract static class Unpaid extends Subscribed {

        final AfterLastRetry choice;

        Unpaid(AfterLastRetry choice) {
            this.choice = choice;
        }

        @Override
        SandboxOptions options() {
            return SandboxOptions.defaults()
                    .withSubscriptions(SubscriptionSettings.DEFAULT.with(choice, List.of(Duration.ofDays(2))));
        }

        /** One whose renewal in February has been tried for the last time. */
        Subscription afterTheLastRetry() throws StripeException {
            var customer = customerOn(clock, "pm_card_visa");
            var subscription = subscribe(to(customer, perMonth(2000)));
            payFromNowOnWith(customer, "pm_card_chargeCustomerFail");
            advanceTo(Instant.parse("2026-02-15T13:00:00Z"));
            advance(Duration.ofDays(2));
            assertThat(latest(subscription).getAttemptCount()).isEqualTo(2);
            assertThat(latest(subscription).getNextPaymentAttempt()).isNull();
            return again(subscription);
        }

        void pay(Subscription subscription) throws StripeException {
            stripe.v1()
                    .invoices()
                    .pay(
                            again(subscription).getLatestInvoice(),
                            InvoicePayParams.builder()
                                    .setPaymentMethod("pm_card_visa")
                                    .build());
        }
    }

    @Nested
    class Canceled extends Unpaid {

        Canceled() {
            super(AfterLastRetry.CANCEL);
        }

        @Test
        void isForEver() throws StripeException {
            var subscription = afterTheLastRetry();
            assertThat(subscription.getStatus()).isEqualTo("canceled");
            pay(subscription);
            assertThat(again(subscription).getStatus()).isEqualTo("canceled");
        }
    }

    @Nested
    class MarkedUnpaid extends Unpaid {

        MarkedUnpaid() {
            super(AfterLastRetry.MARK_UNPAID);
        }

        @Test
        void leavesItsInvoicesDraftsUntilOneIsPaid() throws StripeException {
            var subscription = afterTheLastRetry();
            assertThat(subscription.getStatus()).isEqualTo("unpaid");
            advanceTo(Instant.parse("2026-03-16T12:00:00Z"));
            assertThat(latest(subscription).getStatus()).isEqualTo("draft");
            assertThat(latest(subscription).getAutoAdvance()).isFalse();
            pay(subscription);
            assertThat(again(subscription).getStatus()).isEqualTo("active");
        }
    }

    @Nested
    class LeftPastDue extends Unpaid {

        LeftPastDue() {
            super(AfterLastRetry.LEAVE_PAST_DUE);
        }

        @Test
        void goesOnBeingBilled() throws StripeException {
            var subscription = afterTheLastRetry();
            assertThat(subscription.getStatus()).isEqualTo("past_due");
            advanceTo(Instant.parse("2026-03-15T13:00:00Z"));
            assertThat(latest(subscription).getStatus()).isEqualTo("open");
            assertThat(latest(subscription).getAttemptCount()).isEqualTo(1);
            pay(subscription);
            assertThat(again(subscription).getStatus()).isEqualTo("active");
        }
    }
}
