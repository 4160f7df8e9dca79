package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Customer;
import com.stripe.model.Dispute;
import com.stripe.model.Invoice;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.billing.CreditBalanceSummaryRetrieveParams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens to money from its beginning to its end, with every event in its place and every amount. */
class LifecycleStoryTest extends Subscribed {

    static final Instant RENEWAL = Instant.parse("2026-02-15T12:00:00Z");
    static final Duration HOUR = Duration.ofHours(1);
    static final List<String> FINALIZED = List.of("payment_intent.created", "invoice.finalized", "invoice.updated");
    static final List<String> PAID = List.of(
            "charge.succeeded",
            "payment_intent.succeeded",
            "invoice_payment.paid",
            "invoice.updated",
            "invoice.paid",
            "invoice.payment_succeeded");
    static final List<String> DECLINED =
            List.of("charge.failed", "payment_intent.payment_failed", "invoice.updated", "invoice.payment_failed");
    static final List<String> NOTHING_DUE =
            List.of("invoice.created", "invoice.finalized", "invoice.paid", "invoice.payment_succeeded");
    static final List<String> RENEWED = List.of("invoice.upcoming", "customer.subscription.updated", "invoice.created");

    /** A part of a story. */
    @FunctionalInterface
    interface Step {
        void take() throws StripeException;
    }

    /** The types of the events of a step, oldest first, without those of the clock itself. */
    List<String> during(Step step) throws StripeException {
        int before = eventTypes().size();
        step.take();
        return eventTypes().stream()
                .skip(before)
                .filter(type -> !type.startsWith("test_helpers."))
                .toList();
    }

    @SafeVarargs
    static List<String> joined(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    static void assertPaid(Invoice invoice, long cents) {
        assertThat(invoice.getStatus()).isEqualTo("paid");
        assertThat(invoice.getAmountDue()).isEqualTo(cents);
        assertThat(invoice.getAmountPaid()).isEqualTo(cents);
        assertThat(invoice.getAmountRemaining()).isZero();
    }

    @Test
    void aTrialBecomesPaid() throws StripeException {
        var customer = customerOn(clock, "pm_card_visa");
        var params = to(customer, perMonth(2000)).setTrialPeriodDays(14L);
        var subscription = subscribe(params);
        assertThat(eventTypesAfter("price.created"))
                .isEqualTo(joined(List.of("customer.subscription.created"), NOTHING_DUE));
        assertThat(subscription.getStatus()).isEqualTo("trialing");
        assertPaid(latest(subscription), 0);
        var end = start().plus(Duration.ofDays(14));
        assertThat(during(() -> advanceTo(end)))
                .containsExactly(
                        "invoice.upcoming",
                        "customer.subscription.trial_will_end",
                        "customer.subscription.updated",
                        "invoice.created");
        assertThat(timesOf("customer.subscription.trial_will_end")).containsExactly(end.minus(Duration.ofDays(3)));
        assertThat(again(subscription).getStatus()).isEqualTo("active");
        assertThat(periodEnd(again(subscription))).isEqualTo(Instant.parse("2026-02-28T12:00:00Z"));
        assertThat(during(() -> advance(HOUR))).isEqualTo(joined(FINALIZED, PAID));
        assertPaid(latest(subscription), 2000);
        assertThat(latest(subscription).getBillingReason()).isEqualTo("subscription_cycle");
    }

    @Test
    void aRenewalFailsAndRecoversByARetry() throws StripeException {
        var customer = customerOn(clock, "pm_card_visa");
        var subscription = subscribe(to(customer, perMonth(2000)));
        payFromNowOnWith(customer, "pm_card_chargeCustomerFail");
        assertThat(during(() -> advanceTo(RENEWAL.plus(HOUR))))
                .isEqualTo(joined(RENEWED, FINALIZED, DECLINED, List.of("customer.subscription.updated")));
        assertThat(again(subscription).getStatus()).isEqualTo("past_due");
        var due = latest(subscription);
        assertThat(due.getAmountRemaining()).isEqualTo(2000);
        assertThat(due.getNextPaymentAttempt())
                .isEqualTo(RENEWAL.plus(HOUR).plus(Duration.ofDays(3)).getEpochSecond());
        assertThat(during(() -> advance(Duration.ofDays(3)))).isEqualTo(DECLINED);
        payFromNowOnWith(customer, "pm_card_visa");
        assertThat(during(() -> advance(Duration.ofDays(5).minusSeconds(1)))).isEmpty();
        assertThat(during(() -> advance(Duration.ofSeconds(1))))
                .isEqualTo(joined(PAID, List.of("customer.subscription.updated")));
        assertPaid(latest(subscription), 2000);
        assertThat(latest(subscription).getAttemptCount()).isEqualTo(3);
        assertThat(latest(subscription).getNextPaymentAttempt()).isNull();
        assertThat(again(subscription).getStatus()).isEqualTo("active");
    }

    @Test
    void aMeteredCycleIsBilledAtItsEnd() throws StripeException {
        var customer = customerOn(clock, "pm_card_visa");
        var subscription = subscribe(to(customer, metered("2.5")));
        assertPaid(latest(subscription), 0);
        use(customer, "600");
        advance(Duration.ofDays(20));
        use(customer, "401");
        assertThat(during(() -> advanceTo(RENEWAL))).isEqualTo(RENEWED);
        assertThat(latest(subscription).getAmountDue()).isEqualTo(2503); // 1001 at two and a half cents.
        assertThat(during(() -> advance(HOUR))).isEqualTo(joined(FINALIZED, PAID));
        assertPaid(latest(subscription), 2503);
        var line = latest(subscription).getLines().getData().getFirst();
        assertThat(line.getQuantity()).isEqualTo(1001);
        assertThat(Instant.ofEpochSecond(line.getPeriod().getStart())).isEqualTo(start());
        assertThat(Instant.ofEpochSecond(line.getPeriod().getEnd())).isEqualTo(RENEWAL);
    }

    @Test
    void aCreditGrantPaysForUsageAtFinalization() throws StripeException {
        var customer = customerOn(clock, "pm_card_visa");
        assertThat(during(() -> send(
                        "POST",
                        "/v1/billing/credit_grants",
                        "customer=" + customer.getId() + "&amount[type]=monetary&amount[monetary][currency]=usd"
                                + "&amount[monetary][value]=1000&applicability_config[scope][price_type]=metered")))
                .containsExactly("billing.credit_grant.created", "billing.credit_balance_transaction.created");
        var subscription = subscribe(to(customer, metered("1")));
        use(customer, "1700");
        advanceTo(RENEWAL);
        assertThat(latest(subscription).getTotal()).isEqualTo(1700);
        assertThat(creditLeft(customer)).isEqualTo(1000);
        assertThat(during(() -> advance(HOUR)))
                .isEqualTo(joined(List.of("billing.credit_balance_transaction.created"), FINALIZED, PAID));
        assertThat(creditLeft(customer)).isZero();
        assertPaid(latest(subscription), 700);
    }

    long creditLeft(Customer customer) throws StripeException {
        return stripe.v1()
                .billing()
                .creditBalanceSummary()
                .retrieve(CreditBalanceSummaryRetrieveParams.builder()
                        .setCustomer(customer.getId())
                        .setFilter(CreditBalanceSummaryRetrieveParams.Filter.builder()
                                .setType(CreditBalanceSummaryRetrieveParams.Filter.Type.APPLICABILITY_SCOPE)
                                .setApplicabilityScope(
                                        CreditBalanceSummaryRetrieveParams.Filter.ApplicabilityScope.builder()
                                                .setPriceType(
                                                        CreditBalanceSummaryRetrieveParams.Filter.ApplicabilityScope
                                                                .PriceType.METERED)
                                                .build())
                                .build())
                        .build())
                .getBalances()
                .getFirst()
                .getAvailableBalance()
                .getMonetary()
                .getValue();
    }

    @Test
    void aDisputeIsLost() throws StripeException {
        var invoice = draftOf(customerOn(clock, "pm_card_createDispute"), 4500);
        assertThat(during(() -> stripe.v1().invoices().pay(invoice.getId()))).isEqualTo(joined(FINALIZED, PAID));
        assertThat(during(() -> advance(HOUR)))
                .containsExactly("charge.dispute.created", "charge.dispute.funds_withdrawn");
        assertThat(dispute().getStatus()).isEqualTo("needs_response");
        assertThat(balance()).isEqualTo(4500 - 161 - 4500 - 1500);
        assertThat(during(() -> advance(Duration.ofDays(10)))).containsExactly("charge.dispute.closed");
        assertThat(dispute().getStatus()).isEqualTo("lost");
        assertThat(balance()).isEqualTo(-161 - 1500);
        assertPaid(stripe.v1().invoices().retrieve(invoice.getId()), 4500);
    }

    Dispute dispute() throws StripeException {
        return stripe.v1().disputes().list().getData().getFirst();
    }

    /** What all movements leave, after fees. */
    long balance() throws StripeException {
        return stripe.v1().balanceTransactions().list().getData().stream()
                .mapToLong(BalanceTransaction::getNet)
                .sum();
    }

    @Test
    void aTopUpIsDeclinedAndThenPaidWithANewCard() throws StripeException {
        var customer = customerOn(clock, "pm_card_chargeCustomerFail");
        var topUp = draftOf(customer, 5000).getId();
        assertThat(during(() -> assertThatThrownBy(() -> stripe.v1().invoices().pay(topUp))
                        .isInstanceOf(CardException.class)))
                .isEqualTo(joined(FINALIZED, DECLINED));
        payFromNowOnWith(customer, "pm_card_visa");
        assertThat(during(() -> advance(Duration.ofDays(7)))).isEmpty();
        var open = stripe.v1().invoices().retrieve(topUp);
        assertThat(open.getStatus()).isEqualTo("open");
        assertThat(open.getAmountRemaining()).isEqualTo(5000);
        assertThat(during(() -> stripe.v1().invoices().pay(topUp))).isEqualTo(PAID);
        var paid = stripe.v1().invoices().retrieve(topUp);
        assertPaid(paid, 5000);
        assertThat(paid.getAttemptCount()).isEqualTo(2);
        assertThat(stripe.v1()
                        .invoicePayments()
                        .list(InvoicePaymentListParams.builder()
                                .setInvoice(topUp)
                                .build())
                        .getData())
                .singleElement()
                .satisfies(payment -> assertThat(payment.getAmountPaid()).isEqualTo(5000));
    }
}
