package io.drawdown.wallet.api;

import static java.util.Objects.requireNonNull;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.domain.Recurrence;
import io.drawdown.wallet.domain.Rollover;
import io.drawdown.wallet.domain.Validity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What callers send. */
final class Requests {

    private static final int LONGEST_ACCOUNT_ID = 190;
    private static final int LONGEST_REASON = 500;
    static final int LONGEST_METER_ID = 200;
    private static final int MOST_METERS = 100;
    private static final int LONGEST_PERIOD = 40;
    private static final long LONGEST_GAP_SECONDS = 366 * 24 * 3600L;
    private static final int MOST_FAILURES = 100;

    private Requests() {}

    /**
     * @param name of a further wallet, beside the main one: small letters, digits and hyphens; the main one when absent
     * @param timeZone where its days and months begin, such as {@code Europe/Berlin}, and for ever; needed only for an account that
     *     crm-service does not know, and else the account's
     * @param meterIds what a further wallet pays for; the main one pays for what no other does
     * @param replenishment how it tops itself up; not at all when absent
     */
    record OpenWalletJson(
            @NotBlank @Size(max = LONGEST_ACCOUNT_ID) String accountId,

            @Nullable @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,39}")
            String name,

            @NotBlank String currency,
            @Nullable String timeZone,
            @Nullable @Size(max = MOST_METERS) List<@NotBlank @Size(max = LONGEST_METER_ID) String> meterIds,
            @Valid @Nullable PolicyJson replenishment) {

        @AssertTrue(message = "are given for a further wallet, one with a name, only")
        boolean isMeterIdsOfAFurtherWallet() {
            return name != null || meterIds == null || meterIds.isEmpty();
        }
    }

    /**
     * All amounts are in the wallet's currency.
     *
     * @param amount the size of one top-up; needed without a target
     * @param target fills up to this instead
     * @param monthlyCap most that is charged by itself in a calendar month of the account's; no cap when absent
     * @param minimumGapSeconds shortest time between two requests; none when absent
     * @param disableAfter failures in a row that switch it off; 5 when absent, 0 for never
     * @param recurrence top-ups at regular instants besides; neither amount nor target is needed with it
     */
    record PolicyJson(
            boolean enabled,
            @NotNull AmountJson threshold,
            @Nullable AmountJson amount,
            @Nullable AmountJson target,
            @Nullable AmountJson monthlyCap,
            @Nullable @Min(0) @Max(LONGEST_GAP_SECONDS) Long minimumGapSeconds,
            @Nullable @Min(0) @Max(MOST_FAILURES) Integer disableAfter,
            @Valid @Nullable RecurrenceJson recurrence) {}

    /**
     * @param amount the size of each top-up
     * @param every from one to the next: {@code P1M}, {@code P30D}; in the account's time zone, and always counted from the first
     * @param first when the first one is due; one in the past begins the count only. When absent it stays what it was, or the
     *     count begins now
     */
    record RecurrenceJson(
            @NotNull AmountJson amount,
            @NotBlank @Size(max = LONGEST_PERIOD) String every,
            @Nullable Instant first) {

        /** @throws IllegalArgumentException if it can be none */
        Recurrence in(Currency currency, @Nullable Recurrence before, Instant now) {
            var period = Validity.of(every);
            var begin = before != null && before.every().equals(period) ? before.first() : now;
            return new Recurrence(amount.in(currency), period, first == null ? begin : first);
        }
    }

    /** @param amount in the wallet's currency; positive */
    record TopUpJson(@NotNull AmountJson amount) {}

    /**
     * @param effectiveAt spendable from then on; at once when absent
     * @param expiresAt exclusive; never when absent
     * @param priority burn order, lower first; 50, that of bought credit, when absent
     * @param meterIds the only meters on which it may be spent; all when absent
     * @param rollover what becomes of what is left when it expires; all of it is lost when absent
     */
    record GrantJson(
            @NotNull AmountJson amount,
            @NotBlank @Size(max = LONGEST_REASON) String reason,
            @Nullable @CivilInstant Instant effectiveAt,
            @Nullable @CivilInstant Instant expiresAt,
            @Nullable @Min(0) @Max(100) Integer priority,
            @Nullable @Size(max = MOST_METERS) List<@NotBlank @Size(max = LONGEST_METER_ID) String> meterIds,
            @Valid @Nullable RolloverJson rollover) {}

    /**
     * Either an amount or a share.
     *
     * @param mostAmount up to so much of what is left goes on, in the wallet's currency
     * @param mostShare this share of what is left goes on, such as {@code "0.5"}: above 0 and up to 1
     * @param validFor how long it goes on from the expiry: {@code P30D}, {@code P1M}
     */
    record RolloverJson(
            @Nullable AmountJson mostAmount,

            @Nullable @Pattern(regexp = "\\d{1,10}(\\.\\d{1,12})?")
            String mostShare,

            @NotBlank @Size(max = LONGEST_PERIOD) String validFor) {

        @AssertTrue(message = "is needed, or a share, and not both: mostAmount or mostShare")
        boolean isLimit() {
            return (mostAmount == null) != (mostShare == null);
        }

        /** @throws ProblemException 422 {@code invalid-rollover} if it can be no rollover */
        Rollover in(Currency currency) {
            try {
                var limit = mostAmount == null
                        ? new Rollover.Share(new BigDecimal(requireNonNull(mostShare)))
                        : new Rollover.Most(mostAmount.in(currency));
                return new Rollover(limit, Validity.of(validFor));
            } catch (IllegalArgumentException e) {
                throw new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT, "invalid-rollover", String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** @param limit in the wallet's currency; zero or more */
    record LimitJson(@NotNull AmountJson limit) {}

    /** @param mode {@code prepaid}, {@code arrears} or {@code prepaid-then-arrears} */
    record SettlementJson(@NotBlank String mode) {}

    /**
     * @param status {@code open}, {@code paused} or {@code closed}
     * @param credit what becomes of what is left when it is closed, and only then: {@code forfeit} or {@code keep}
     */
    record StatusJson(
            @NotBlank @Pattern(regexp = "open|paused|closed")
            String status,

            @NotBlank @Size(max = LONGEST_REASON) String reason,
            @Nullable @Pattern(regexp = "forfeit|keep") String credit) {

        @AssertTrue(message = "is needed to close a wallet, and only then: forfeit or keep")
        boolean isCreditSaid() {
            return "closed".equals(status) == (credit != null);
        }
    }

    /** @param reason why the grant is taken back */
    record VoidJson(@NotBlank @Size(max = LONGEST_REASON) String reason) {}
}
