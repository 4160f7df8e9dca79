package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.Replenishment;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.wire.outbox.Outbox;
import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Tells of failed replenishments, in the transaction that ends them. */
@Component
class FailurePublisher {

    private final Outbox outbox;
    private final Clock clock;

    FailurePublisher(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    void publish(Replenishment failed) {
        var failure = Objects.requireNonNull(failed.failure(), "A failed replenishment says why.");
        outbox.append(
                Topic.BILLING_PAYMENTS,
                failed.replenishmentId(),
                ReplenishmentFailed.newBuilder()
                        .setReplenishmentId(failed.replenishmentId())
                        .setWalletId(failed.walletId())
                        .setAccountId(failed.accountId())
                        .setInvoiceId(failed.invoiceId())
                        .setReason(failure.reason().wireName())
                        .setCode(failure.code())
                        .setDetail(failure.detail())
                        .setFailedAt(clock.instant())
                        .build());
    }
}
