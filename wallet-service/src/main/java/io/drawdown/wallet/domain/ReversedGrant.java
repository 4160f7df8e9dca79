package io.drawdown.wallet.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * What a refund, a dispute or a credit note has taken back of the payment for one grant, all in all.
 *
 * @param amount what the grant was worth; positive
 * @param paid what was paid for it
 * @param takenBack how much of that is taken back now; not negative
 * @param effectiveAt since when the grant could be spent
 */
public record ReversedGrant(GrantId grantId, Money amount, Money paid, Money takenBack, Instant effectiveAt) {

    /** Decimals of a proportion that does not come out even. */
    private static final int SCALE = 12;

    /**
     * How much credit goes with what is taken back: all of it with all that was paid, else in proportion, rounded half up at
     * the twelfth decimal. Nothing for a grant that cost nothing.
     */
    Money credit() {
        if (!paid.isPositive() || takenBack.isZero()) {
            return Money.zero(amount.currency());
        }
        return takenBack.isLessThan(paid) ? new Money(proportion(), amount.currency()) : amount;
    }

    private BigDecimal proportion() {
        return amount.amount().multiply(takenBack.amount()).divide(paid.amount(), SCALE, RoundingMode.HALF_UP);
    }
}
