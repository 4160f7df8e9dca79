package io.drawdown.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.WalletOpened;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From an empty wallet to one that topped itself up, through every door of the service. */
class TheLoopIT extends WalletIntegrationTest {

    @Autowired
    private WalletTopic topic;

    @Test
    void opensFillsDrawsDownAsksAndIsToppedUp() {
        var account = Outside.unique("acc");
        var meter = outside.meteredAt("0.01", "USD");
        var creditPrice = Outside.unique("price");
        outside.price(creditPrice, "1.00", "USD", true);
        var wallet = new WalletClient(billing, account);

        wallet.open("50.00", "200.00");
        outside.publish(outside.paidInvoice(account, creditPrice, "100.00", "USD"));
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("100"));

        outside.usage(account, meter, "5000");
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("50"));
        assertThat(wallet.pending())
                .as("landing on the threshold asks for nothing")
                .isNull();

        outside.usage(account, meter, "500");
        await().untilAsserted(() -> assertThat(wallet.pending()).isNotNull());
        assertThat(wallet.settled()).isEqualByComparingTo("45");

        var replenishment = wallet.pending();
        outside.publish(
                outside.invoice(account, InvoiceStatus.PAID, replenishment, "USD", Outside.line(null, "200.00")));
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("245"));
        assertThat(wallet.pending()).isNull();

        await().untilAsserted(() -> assertThat(topic.eventsOf(account))
                .extracting(event -> (Object) event.getClass())
                .containsExactly(
                        WalletOpened.class,
                        ReplenishmentPolicyChanged.class,
                        CreditGranted.class,
                        UsageDrawnDown.class,
                        UsageDrawnDown.class,
                        ReplenishRequested.class,
                        CreditGranted.class,
                        ReplenishSettled.class));
    }
}
