package io.drawdown.wallet.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.billing.ReversalState;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReversalIT extends WalletIntegrationTest {

    static final Instant SEEN = Instant.parse("2026-11-20T12:00:00Z");

    final String account = Outside.unique("acc");

    @Autowired
    private JdbcClient jdbc;

    private WalletClient wallet;
    private String creditPrice;

    @BeforeEach
    void open() {
        wallet = new WalletClient(billing, account);
        wallet.open();
        creditPrice = Outside.unique("price");
        outside.price(creditPrice, "1.00", "USD", true);
    }

    @Test
    void aRefundTakesTheCreditOnceAndOneThatFailsGivesItBack() {
        var invoice = outside.paidInvoice(account, creditPrice, "100.00", "USD");
        outside.publish(invoice);
        settles("100");
        for (int i = 0; i < 3; i++) {
            outside.publish(outside.refund(invoice, "40.00", ReversalState.TAKEN, SEEN));
        }
        settles("60");
        outside.publish(outside.refund(invoice, "0", ReversalState.RETURNED, SEEN.plusSeconds(1)));
        settles("100");
        assertThat(wallet.ledger())
                .extracting(entry -> entry.path("type").asString())
                .containsExactly("WalletOpened", "CreditGranted", "CreditClawedBack", "CreditGivenBack");
    }

    @Test
    void aRefundThatFoundNothingLeftTakesWhatAnotherOneGivesBack() {
        var invoice = outside.paidInvoice(account, creditPrice, "100.00", "USD");
        outside.publish(invoice);
        outside.publish(outside.refund(invoice, "100.00", ReversalState.WITHHELD, SEEN));
        settles("0");
        var second = outside.refund(invoice, "100.00", ReversalState.TAKEN, SEEN.plusSeconds(1));
        second.setReversalId(Outside.unique("re"));
        outside.publish(second);
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from payment_reversal where account_id = ?")
                        .param(account)
                        .query(Long.class)
                        .single())
                .isEqualTo(2));

        outside.publish(outside.refund(invoice, "0", ReversalState.RETURNED, SEEN.plusSeconds(2)));
        await().untilAsserted(() -> assertThat(wallet.ledger())
                .extracting(entry -> entry.path("type").asString())
                .containsExactly(
                        "WalletOpened", "CreditGranted", "CreditClawedBack", "CreditGivenBack", "CreditClawedBack"));
        assertThat(wallet.settled()).isZero();
    }

    @Test
    void aRefundThatIsHeardOfBeforeThePaymentCounts() {
        var invoice = outside.paidInvoice(account, creditPrice, "100.00", "USD");
        outside.publish(outside.refund(invoice, "100.00", ReversalState.TAKEN, SEEN));
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from payment_reversal where account_id = ?")
                        .param(account)
                        .query(Long.class)
                        .single())
                .isOne());
        outside.publish(invoice);
        await().untilAsserted(() -> assertThat(wallet.ledger())
                .extracting(entry -> entry.path("type").asString())
                .containsExactly("WalletOpened", "CreditGranted", "CreditClawedBack"));
        assertThat(wallet.settled()).isZero();
    }

    @Test
    void aRefundOfWhatWasNoCreditMovesNothing() {
        var otherPrice = Outside.unique("price");
        outside.price(otherPrice, "1.00", "USD", false);
        var invoice = outside.paidInvoice(account, otherPrice, "100.00", "USD");
        outside.publish(invoice);
        outside.publish(outside.refund(invoice, "100.00", ReversalState.TAKEN, SEEN));
        var credit = outside.paidInvoice(account, creditPrice, "7.00", "USD");
        outside.publish(credit);
        outside.publish(outside.refund(credit, "3.50", ReversalState.WITHHELD, SEEN));
        settles("3.5");
        assertThat(wallet.ledger()).hasSize(3);
    }

    private void settles(String balance) {
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo(balance));
    }
}
