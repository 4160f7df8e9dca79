package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.billing.CreditBalanceTransaction;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.billing.CreditBalanceTransactionListParams;
import com.stripe.param.billing.CreditGrantCreateParams;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreditedUsageTest extends Subscribed {

    static final Instant FINALIZED = Instant.parse("2026-02-15T13:00:00Z");

    String grant(Customer customer, long cents, long priority) throws StripeException {
        return stripe.v1()
                .billing()
                .creditGrants()
                .create(CreditGrantCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setPriority(priority)
                        .setAmount(CreditGrantCreateParams.Amount.builder()
                                .setType(CreditGrantCreateParams.Amount.Type.MONETARY)
                                .setMonetary(CreditGrantCreateParams.Amount.Monetary.builder()
                                        .setCurrency("usd")
                                        .setValue(cents)
                                        .build())
                                .build())
                        .setApplicabilityConfig(CreditGrantCreateParams.ApplicabilityConfig.builder()
                                .setScope(CreditGrantCreateParams.ApplicabilityConfig.Scope.builder()
                                        .setPriceType(
                                                CreditGrantCreateParams.ApplicabilityConfig.Scope.PriceType.METERED)
                                        .build())
                                .build())
                        .build())
                .getId();
    }

    /** Newest first. */
    List<CreditBalanceTransaction> ledger(Customer customer) throws StripeException {
        return stripe.v1()
                .billing()
                .creditBalanceTransactions()
                .list(CreditBalanceTransactionListParams.builder()
                        .setCustomer(customer.getId())
                        .build())
                .getData();
    }

    static long amount(CreditBalanceTransaction transaction) {
        return transaction.getCredit() == null
                ? -transaction.getDebit().getAmount().getMonetary().getValue()
                : transaction.getCredit().getAmount().getMonetary().getValue();
    }

    static long credited(Invoice invoice) {
        return invoice.getTotalPretaxCreditAmounts().stream()
                .mapToLong(Invoice.TotalPretaxCreditAmount::getAmount)
                .sum();
    }

    Subscription using(Customer customer, String units) throws StripeException {
        var subscription = subscribe(to(customer, metered("1"), perMonth(500)));
        use(customer, units);
        return subscription;
    }

    @Test
    void isPaidByCreditsInTheirOrderAndTheRestIsTaxedAndCollected() throws StripeException {
        var customer = customerOn(clock, "pm_card_visa");
        var later = grant(customer, 1000, 50);
        var first = grant(customer, 300, 10);
        var subscription = using(customer, "2000");
        var rate = json(send("POST", "/v1/tax_rates", "display_name=VAT&percentage=10&inclusive=false"));
        stripe.v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addDefaultTaxRate(rate.path("id").asString())
                                .build());
        advanceTo(FINALIZED);
        var invoice = latest(subscription);
        assertThat(invoice.getSubtotal()).isEqualTo(2500);
        assertThat(credited(invoice)).isEqualTo(1300);
        assertThat(invoice.getTotalExcludingTax()).isEqualTo(1200);
        assertThat(invoice.getAmountPaid()).isEqualTo(1320);
        assertThat(ledger(customer))
                .extracting(CreditBalanceTransaction::getCreditGrant, CreditedUsageTest::amount)
                .startsWith(
                        org.assertj.core.groups.Tuple.tuple(later, -1000L),
                        org.assertj.core.groups.Tuple.tuple(first, -300L));
        assertThat(ledger(customer).getFirst().getDebit().getCreditsApplied().getInvoice())
                .isEqualTo(invoice.getId());
        assertThat(eventTypes())
                .containsSubsequence(
                        "invoice.created",
                        "billing.credit_balance_transaction.created",
                        "billing.credit_balance_transaction.created",
                        "payment_intent.created",
                        "invoice.finalized",
                        "invoice.paid");
    }

    @Test
    void thatIsVoidedGivesTheCreditsBack() throws StripeException {
        var customer = customerOn(clock, "pm_card_chargeCustomerFail");
        grant(customer, 1000, 50);
        var subscription = subscribe(to(customer, metered("1")));
        use(customer, "2000");
        advanceTo(FINALIZED);
        var open = latest(subscription);
        assertThat(open.getStatus()).isEqualTo("open");
        assertThat(open.getAmountDue()).isEqualTo(1000);
        stripe.v1().invoices().voidInvoice(open.getId());
        assertThat(ledger(customer)).extracting(CreditedUsageTest::amount).containsExactly(1000L, -1000L, 1000L);
        assertThat(ledger(customer).getFirst().getCredit().getType()).isEqualTo("credits_application_invoice_voided");
    }

    @Test
    void thatCreditsPayWholeNeedsNoPayment() throws StripeException {
        var customer = customerOn(clock, "pm_card_visa");
        grant(customer, 5000, 50);
        var subscription = subscribe(to(customer, metered("1")));
        use(customer, "2000");
        advanceTo(FINALIZED);
        var paid = latest(subscription);
        assertThat(paid.getStatus()).isEqualTo("paid");
        assertThat(paid.getTotal()).isZero();
        assertThat(eventTypes()).doesNotContain("charge.succeeded");
        assertThat(ledger(customer).stream()
                        .mapToLong(CreditedUsageTest::amount)
                        .sum())
                .isEqualTo(3000);
    }
}
