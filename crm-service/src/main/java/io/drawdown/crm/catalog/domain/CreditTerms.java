package io.drawdown.crm.catalog.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What credit is like that is bought by paying a line of a price. Amounts are in the price's currency. Two are equal when their
 * numbers are, whatever their scale.
 *
 * @param effectiveAt for invoices paid from this instant on, inclusive, until the next terms'
 * @param validFor how long the credit may be spent; absent when it never expires
 * @param meterIds the only meters that it may be spent on, sorted; empty for everything
 * @param priority burn order, lower first, 0 to 100
 * @param bonus promotional credit beside it; absent for none
 * @param rollover what becomes of what is left when it expires; absent when all of it is lost
 */
public record CreditTerms(
        Instant effectiveAt,
        @Nullable Period validFor,
        List<String> meterIds,
        int priority,
        @Nullable Bonus bonus,
        @Nullable Rollover rollover) {

    public CreditTerms {
        meterIds = meterIds.stream().distinct().sorted().toList();
    }

    /** The same from another instant on. */
    public CreditTerms from(Instant instant) {
        return new CreditTerms(instant, validFor, meterIds, priority, bonus, rollover);
    }

    /**
     * Either a share or an amount.
     *
     * @param share of what the credit is worth
     * @param perUnit for each unit of the line
     */
    public record Bonus(
            @Nullable BigDecimal share, @Nullable BigDecimal perUnit) {

        public Bonus {
            share = share == null ? null : Numbers.plain(share);
            perUnit = perUnit == null ? null : Numbers.plain(perUnit);
        }
    }

    /**
     * Either an amount or a share.
     *
     * @param mostAmount up to so much of what is left goes on
     * @param mostShare this share of what is left goes on
     * @param validFor how long, from the expiry
     */
    public record Rollover(
            @Nullable BigDecimal mostAmount, @Nullable BigDecimal mostShare, Period validFor) {

        public Rollover {
            mostAmount = mostAmount == null ? null : Numbers.plain(mostAmount);
            mostShare = mostShare == null ? null : Numbers.plain(mostShare);
        }
    }
}
