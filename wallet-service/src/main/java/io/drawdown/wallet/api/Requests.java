package io.drawdown.wallet.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What callers send. */
final class Requests {

    private static final int LONGEST_ACCOUNT_ID = 190;
    private static final int LONGEST_REASON = 500;

    private Requests() {}

    /** @param replenishment how it tops itself up; not at all when absent */
    record OpenWalletJson(
            @NotBlank @Size(max = LONGEST_ACCOUNT_ID) String accountId,
            @NotBlank String currency,
            @Valid @Nullable PolicyJson replenishment) {}

    /** Both amounts are in the wallet's currency. */
    record PolicyJson(
            boolean enabled,
            @NotNull AmountJson threshold,
            @NotNull AmountJson amount) {}

    /**
     * @param expiresAt exclusive; never when absent
     * @param priority burn order, lower first; 50, that of bought credit, when absent
     */
    record GrantJson(
            @NotNull AmountJson amount,
            @NotBlank @Size(max = LONGEST_REASON) String reason,
            @Nullable Instant expiresAt,
            @Nullable @Min(0) @Max(100) Integer priority) {}
}
