package io.drawdown.billing.replenishment;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import io.drawdown.billing.SyncPlatform;
import io.drawdown.billing.domain.Stage;
import io.drawdown.events.Money;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.events.wallet.ReplenishRequested;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.annotation.Autowired;

/** A wallet that asks for a top-up, and what comes of it. */
abstract class ReplenishmentPlatform extends SyncPlatform {

    final String account = unique("acc");
    final String replenishment = unique("rep");

    @Autowired
    Replenishments replenishments;

    String customerWith(String card) {
        var customer = customer();
        stripe.giveCard(customer, card);
        published.await(
                Customer.class, seen -> seen.getCustomerId().equals(customer) && seen.getHasDefaultPaymentMethod());
        return customer;
    }

    String customer() {
        publishAccount(account, "Acme");
        return published
                .await(Customer.class, seen -> account.equals(seen.getAccountId()))
                .getCustomerId();
    }

    void ask(String amount) {
        ask(amount, "USD");
    }

    void ask(String amount, String currency) {
        published.send(
                Topic.WALLET_EVENTS,
                account,
                ReplenishRequested.newBuilder()
                        .setWalletId("wallet-of-" + account)
                        .setAccountId(account)
                        .setSequence(7)
                        .setRecordedAt(clock.instant())
                        .setReplenishmentId(replenishment)
                        .setAmount(new Money(amount, currency))
                        .setThreshold("10.00")
                        .setAvailable("3.00")
                        .build());
    }

    Invoice awaitPaidInvoice() {
        return published.await(
                Invoice.class,
                seen -> replenishment.equals(seen.getReplenishmentId()) && seen.getStatus() == InvoiceStatus.PAID);
    }

    ReplenishmentFailed awaitFailure() {
        return published.await(
                ReplenishmentFailed.class, seen -> seen.getReplenishmentId().equals(replenishment));
    }

    void awaitStage(Stage stage) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> replenishments
                        .find(replenishment)
                        .filter(stored -> stored.replenishment().stage() == stage)
                        .isPresent());
    }

    /** The invariant that matters: one invoice, paid once, for exactly what was asked. */
    void assertChargedOnce(String customer, long minor) {
        awaitStage(Stage.PAID);
        assertThat(stripe.invoicesOf(customer)).singleElement().satisfies(invoice -> {
            assertThat(invoice.getStatus()).isEqualTo("paid");
            assertThat(invoice.getAmountPaid()).isEqualTo(minor);
        });
        assertThat(stripe.chargesOf(customer)).filteredOn(Charge::getPaid).hasSize(1);
        assertThat(published.all(
                        ReplenishmentFailed.class,
                        seen -> seen.getReplenishmentId().equals(replenishment)))
                .isEmpty();
    }
}
