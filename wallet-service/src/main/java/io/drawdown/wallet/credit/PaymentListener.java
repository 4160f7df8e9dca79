package io.drawdown.wallet.credit;

import io.drawdown.events.Topic;
import io.drawdown.events.billing.PaymentReversal;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.events.billing.ReplenishmentWaiting;
import io.drawdown.wallet.domain.CustomerWait;
import io.drawdown.wallet.domain.ReplenishmentId;
import io.drawdown.wallet.domain.WalletCommand.AwaitCustomer;
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

/**
 * Ends replenishments that billing could not charge, says which wait for their customer, and lets credit follow payments that go
 * back. What arrives again changes nothing.
 */
@Component
class PaymentListener {

    private final Ledger ledger;
    private final Wallets wallets;
    private final Reversals reversals;
    private final ReplenishmentProperties properties;
    private final Clock clock;

    PaymentListener(
            Ledger ledger, Wallets wallets, Reversals reversals, ReplenishmentProperties properties, Clock clock) {
        this.ledger = ledger;
        this.wallets = wallets;
        this.reversals = reversals;
        this.properties = properties;
        this.clock = clock;
    }

    @KafkaListener(id = "payments", idIsGroup = false, topics = Topic.Name.BILLING_PAYMENTS)
    void on(ConsumerRecord<String, SpecificRecord> record) {
        var traceparent = EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT);
        switch (record.value()) {
            case ReplenishmentFailed failed ->
                ledger.inTransaction(traceparent, () -> wallets.execute(command(failed)));
            case ReplenishmentWaiting waiting
            when waiting.getEndedAt() == null ->
                ledger.inTransaction(traceparent, () -> wallets.execute(command(waiting)));
            case PaymentReversal reversal -> reversals.follow(traceparent, ReversedLine.of(reversal));
            case null, default -> {} // Nothing that a wallet follows: its payment tells how a wait has ended.
        }
    }

    private AwaitCustomer command(ReplenishmentWaiting waiting) {
        return new AwaitCustomer(
                new WalletId(waiting.getWalletId()),
                new ReplenishmentId(waiting.getReplenishmentId()),
                new CustomerWait(waiting.getInvoiceId(), waiting.getSince(), waiting.getUntil()),
                Wallets.instantOf(clock));
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
