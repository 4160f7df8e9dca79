package io.drawdown.wallet.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers send. */
final class Requests {

    private static final int LONGEST_ACCOUNT_ID = 190;
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_METER_ID = 200;
    private static final int MOST_METERS = 100;

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
     * @param effectiveAt spendable from then on; at once when absent
     * @param expiresAt exclusive; never when absent
     * @param priority burn order, lower first; 50, that of bought credit, when absent
     * @param meterIds the only meters on which it may be spent; all when absent
     */
    record GrantJson(
            @NotNull AmountJson amount,
            @NotBlank @Size(max = LONGEST_REASON) String reason,
            @Nullable Instant effectiveAt,
            @Nullable Instant expiresAt,
            @Nullable @Min(0) @Max(100) Integer priority,
            @Nullable @Size(max = MOST_METERS) List<@NotBlank @Size(max = LONGEST_METER_ID) String> meterIds) {}

    /** @param limit in the wallet's currency; zero or more */
    record LimitJson(@NotNull AmountJson limit) {}

    /** @param reason why the grant is taken back */
    record VoidJson(@NotBlank @Size(max = LONGEST_REASON) String reason) {}
}
