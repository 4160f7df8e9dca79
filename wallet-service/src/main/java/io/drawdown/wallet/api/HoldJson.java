package io.drawdown.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.domain.Hold;
import io.drawdown.wallet.domain.WalletId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open hold.
 *
 * @param walletId where it is captured and released
 * @param amount what is still held
 * @param allocations what it holds of which grants
 * @param overdraft what it holds against the overdraft limit
 * @param expiresAt it is released by itself then
 */
@JsonInclude(Include.NON_NULL)
record HoldJson(
        String holdId,
        String walletId,
        MoneyJson amount,
        List<AllocationJson> allocations,
        MoneyJson overdraft,
        @Nullable String meterId,
        Instant placedAt,
        Instant expiresAt) {

    static HoldJson of(WalletId walletId, Hold hold) {
        return new HoldJson(
                hold.id().value(),
                walletId.value(),
                MoneyJson.of(hold.amount()),
                hold.lots().stream()
                        .map(lot -> new AllocationJson(lot.id().value(), MoneyJson.of(lot.remaining())))
                        .toList(),
                MoneyJson.of(hold.uncovered()),
                hold.meterId(),
                hold.placedAt(),
                hold.expiresAt());
    }
}
