package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What credit is like that is bought.
 *
 * @param validFor how long it may be spent from when it comes in; absent when it never expires
 * @param meterIds what it may be spent on, sorted; empty for everything
 * @param priority lower is spent first, 0 to 100
 * @param bonus what is given beside it, of the same validity, meters and priority; absent for none
 * @param rollover what becomes of what is left when it expires; absent when all of it is lost
 */
public record CreditTerms(
        @Nullable Validity validFor,
        List<String> meterIds,
        int priority,
        @Nullable Bonus bonus,
        @Nullable Rollover rollover) {

    /** For everything, for ever. */
    public static final CreditTerms USUAL = new CreditTerms(null, List.of(), Crediting.DEFAULT_PRIORITY, null, null);

    /** The same, to be spent on everything. */
    public CreditTerms forEverything() {
        return new CreditTerms(validFor, List.of(), priority, bonus, rollover);
    }

    @Nullable
    Instant end(Instant begin, Zone zone) {
        return validFor == null ? null : validFor.end(begin, zone);
    }

    /** What becomes of credit that is left; nothing does of credit that never expires. */
    @Nullable
    Rollover rolloverOf(Grant grant) {
        return grant.expiresAt() != null && rollover != null && rollover.appliesTo(grant.remaining()) ? rollover : null;
    }
}
