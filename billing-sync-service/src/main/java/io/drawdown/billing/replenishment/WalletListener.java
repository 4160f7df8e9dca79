package io.drawdown.billing.replenishment;

import io.drawdown.billing.arrears.ArrearsIntake;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.work.WorkLoop;
import io.drawdown.events.Topic;
import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.UsageLeftToArrears;
import java.math.BigDecimal;
import java.time.Clock;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Stores each request for a top-up as an intent, and usage in arrears with its corrections; everything else that wallets tell is for others. */
@Component
class WalletListener {

    private final Replenishments replenishments;
    private final WorkLoop replenishmentLoop;
    private final ArrearsIntake arrears;
    private final Clock clock;

    WalletListener(Replenishments replenishments, WorkLoop replenishmentLoop, ArrearsIntake arrears, Clock clock) {
        this.replenishments = replenishments;
        this.replenishmentLoop = replenishmentLoop;
        this.arrears = arrears;
        this.clock = clock;
    }

    @KafkaListener(id = "billing-sync-wallets", idIsGroup = false, topics = Topic.Name.WALLET_EVENTS)
    void on(ConsumerRecord<String, SpecificRecord> walletRecord) {
        switch (walletRecord.value()) {
            case ReplenishRequested asked -> {
                replenishments.add(toReplenishment(asked), clock.instant());
                replenishmentLoop.wake();
            }
            case UsageLeftToArrears left -> arrears.take(left);
            case ArrearsAdjusted adjusted -> arrears.take(adjusted);
            case null, default -> {}
        }
    }

    private static Replenishment toReplenishment(ReplenishRequested asked) {
        var amount = asked.getAmount();
        return Replenishment.requested(
                asked.getReplenishmentId(),
                asked.getWalletId(),
                asked.getAccountId(),
                new Money(new BigDecimal(amount.getAmount()), amount.getCurrency()),
                asked.getRecordedAt());
    }
}
