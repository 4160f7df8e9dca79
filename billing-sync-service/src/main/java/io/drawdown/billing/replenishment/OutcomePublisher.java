package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.FailureReason;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.events.billing.ReplenishmentWaiting;
import io.drawdown.wire.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells of replenishments that fail or wait for the customer, in the transaction that says so. */
@Component
class OutcomePublisher {

    private final Outbox outbox;
    private final Clock clock;

    OutcomePublisher(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    void publishFailure(Replenishment failed) {
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

    void publishWait(Replenishment waiting) {
        publishWait(waiting, null);
    }

    /** Says that the customer has confirmed, or paid in another way. */
    void publishEndOfWait(Replenishment paid) {
        publishWait(paid, clock.instant());
    }

    private void publishWait(Replenishment waiting, @Nullable Instant endedAt) {
        var wait = Objects.requireNonNull(waiting.customerWait(), "A replenishment that waits says since when.");
        outbox.append(
                Topic.BILLING_PAYMENTS,
                waiting.replenishmentId(),
                ReplenishmentWaiting.newBuilder()
                        .setReplenishmentId(waiting.replenishmentId())
                        .setWalletId(waiting.walletId())
                        .setAccountId(waiting.accountId())
                        .setInvoiceId(Objects.requireNonNull(waiting.invoiceId(), "What waits has its invoice."))
                        .setConfirmationUrl(wait.confirmationUrl())
                        .setReason(FailureReason.REQUIRES_ACTION.wireName())
                        .setSince(wait.since())
                        .setUntil(wait.until())
                        .setEndedAt(endedAt)
                        .build());
    }
}
