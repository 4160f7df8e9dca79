package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.CustomerWait;
import io.drawdown.billing.domain.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replenishment as the API shows it.
 *
 * @param failure why it is not paid: what ended it, or what it waits for
 * @param customerWait since when and until when it waits, or waited, for the customer
 */
record ReplenishmentView(
        String replenishmentId,
        String walletId,
        String accountId,
        Amount amount,
        Stage stage,
        @Nullable String customerId,
        @Nullable String priceId,
        @Nullable String invoiceId,
        @Nullable String paymentId,
        @Nullable Reason failure,
        @Nullable CustomerWait customerWait,
        Instant requestedAt,
        Instant updatedAt,
        int failedAttempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String lastError) {

    static ReplenishmentView of(StoredReplenishment stored) {
        var state = stored.replenishment();
        var line = state.line();
        var failure = state.failure();
        return new ReplenishmentView(
                state.replenishmentId(),
                state.walletId(),
                state.accountId(),
                new Amount(state.amount().numeral(), state.amount().currency()),
                state.stage(),
                state.customerId(),
                line == null ? null : line.priceId(),
                state.invoiceId(),
                state.paymentId(),
                failure == null ? null : new Reason(failure.reason().wireName(), failure.code(), failure.detail()),
                state.customerWait(),
                state.requestedAt(),
                stored.updatedAt(),
                stored.attempts(),
                stored.nextAttemptAt(),
                stored.lastError());
    }

    /** Money as the APIs write it: a decimal numeral in the major unit. */
    record Amount(String amount, String currency) {}

    record Reason(String reason, @Nullable String code, String detail) {}
}
