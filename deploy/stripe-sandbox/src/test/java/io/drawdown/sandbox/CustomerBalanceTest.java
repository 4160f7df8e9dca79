package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.CustomerBalanceTransaction;
import com.stripe.param.CustomerBalanceTransactionListParams;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerBalanceTest extends MoneyStory {

    List<CustomerBalanceTransaction> transactions(String customer) throws StripeException {
        return stripe.v1()
                .customers()
                .balanceTransactions()
                .list(customer, CustomerBalanceTransactionListParams.builder().build())
                .getData();
    }

    @Test
    void creditPaysBeforeTheCard() throws StripeException {
        var customer = customer("balance=-300");
        post("/v1/customers/" + customer + "/balance_transactions", "amount=-200&currency=usd&description=Sorry");
        var draft = draft(customer, "");
        item(draft, 2000, "");
        assertThat(invoice(draft).path("amount_due").asLong()).isEqualTo(1500);
        var paid = stripe.v1().invoices().pay(draft);
        assertThat(paid.getStartingBalance()).isEqualTo(-500);
        assertThat(paid.getEndingBalance()).isZero();
        assertThat(paid.getAmountPaid()).isEqualTo(1500);
        assertThat(transactions(customer))
                .extracting(CustomerBalanceTransaction::getType, CustomerBalanceTransaction::getAmount)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("applied_to_invoice", 500L),
                        org.assertj.core.groups.Tuple.tuple("adjustment", -200L),
                        org.assertj.core.groups.Tuple.tuple("initial", -300L));
        assertThat(transactions(customer).getFirst().getInvoice()).isEqualTo(draft);
    }

    @Test
    void whatIsTooLittleToChargeIsOwedNextTime() throws StripeException {
        var customer = customer("");
        var small = draft(customer, "");
        item(small, 20, "");
        var paid = stripe.v1().invoices().finalizeInvoice(small);
        assertThat(paid.getStatus()).isEqualTo("paid");
        assertThat(paid.getAmountDue()).isZero();
        assertThat(paid.getEndingBalance()).isEqualTo(20);
        assertThat(eventTypesAfter("invoiceitem.created"))
                .containsExactly(
                        "invoice.updated",
                        "customer.updated",
                        "invoice.finalized",
                        "invoice.paid",
                        "invoice.payment_succeeded");
        var next = draft(customer, "");
        item(next, 1000, "");
        assertThat(stripe.v1().invoices().pay(next).getAmountPaid()).isEqualTo(1020);
        assertThat(transactions(customer))
                .extracting(CustomerBalanceTransaction::getType)
                .containsExactly("applied_to_invoice", "invoice_too_small");
    }

    @Test
    void aNegativeTotalBecomesCredit() throws StripeException {
        var customer = customer("");
        var draft = draft(customer, "");
        item(draft, -700, "");
        assertThat(stripe.v1().invoices().finalizeInvoice(draft).getStatus()).isEqualTo("paid");
        assertThat(stripe.v1().customers().retrieve(customer).getBalance()).isEqualTo(-700);
    }

    @Test
    void voidingGivesBackWhatAnInvoiceTook() throws StripeException {
        var customer = customer("balance=-300");
        var draft = draft(customer, "");
        item(draft, 2000, "");
        stripe.v1().invoices().finalizeInvoice(draft);
        assertThat(stripe.v1().customers().retrieve(customer).getBalance()).isZero();
        stripe.v1().invoices().voidInvoice(draft);
        assertThat(stripe.v1().customers().retrieve(customer).getBalance()).isEqualTo(-300);
        assertThat(transactions(customer).getFirst().getType()).isEqualTo("unapplied_from_invoice");
    }

    @Test
    void eachCurrencyHasItsOwn() {
        var customer = customer("balance=-300");
        post("/v1/customers/" + customer + "/balance_transactions", "amount=-100&currency=eur");
        var both = get("/v1/customers/" + customer + "?expand[]=invoice_credit_balance");
        assertThat(both.path("balance").asLong()).isEqualTo(-300);
        assertThat(both.path("invoice_credit_balance").path("eur").asLong()).isEqualTo(100);
        var euros = id(post("/v1/invoices", "customer=" + customer + "&currency=eur"));
        assertThat(invoice(euros).path("starting_balance").asLong()).isEqualTo(-100);
        assertThat(refused("POST", "/v1/customers/" + customer + "/balance_transactions", "amount=0&currency=usd")
                        .path("param")
                        .asString())
                .isEqualTo("amount");
    }
}
