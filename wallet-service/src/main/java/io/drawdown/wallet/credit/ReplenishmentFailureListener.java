package io.drawdown.wallet.credit;

import io.drawdown.events.Topic;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.wallet.domain.ReplenishmentId;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wire.EventHeaders;
import java.time.Clock;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Ends replenishments that billing could not charge. A failure that arrives again finds none pending. */
@Component
class ReplenishmentFailureListener {

    private final Ledger ledger;
    private final Wallets wallets;
    private final ReplenishmentProperties properties;
    private final Clock clock;

    ReplenishmentFailureListener(Ledger ledger, Wallets wallets, ReplenishmentProperties properties, Clock clock) {
        this.ledger = ledger;
        this.wallets = wallets;
        this.properties = properties;
        this.clock = clock;
    }

    @KafkaListener(id = "payments", idIsGroup = false, topics = Topic.Name.BILLING_PAYMENTS)
    void on(ConsumerRecord<String, SpecificRecord> record) {
        if (record.value() instanceof ReplenishmentFailed failed) {
            var traceparent = EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT);
            ledger.inTransaction(traceparent, () -> wallets.execute(command(failed)));
        }
    }

    private FailReplenishment command(ReplenishmentFailed failed) {
        return new FailReplenishment(
                new WalletId(failed.getWalletId()),
                new ReplenishmentId(failed.getReplenishmentId()),
                failed.getInvoiceId(),
                failed.getReason(),
                failed.getDetail(),
                properties.backOff(),
                Wallets.instantOf(clock));
    }
}
