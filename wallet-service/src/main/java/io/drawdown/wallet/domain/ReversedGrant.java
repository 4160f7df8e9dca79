package io.drawdown.wallet.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a refund, a dispute or a credit note has taken back of the payment for one grant, all in all.
 *
 * @param granted the grant as it was given, with its worth as remainder; bought by the payment, or a bonus with it
 * @param paid what was paid
 * @param takenBack how much of that is taken back now; not negative
 */
public record ReversedGrant(Grant granted, Money paid, Money takenBack) {

    /** Decimals of a proportion that does not come out even. */
    private static final int SCALE = 12;

    GrantId grantId() {
        return granted.id();
    }

    /** What the grant was worth. */
    Money amount() {
        return granted.remaining();
    }

    /**
     * How much credit goes with what is taken back: all of it with all that was paid, else in proportion, rounded half up at
     * the twelfth decimal. Nothing when nothing was paid.
     */
    Money credit() {
        if (!paid.isPositive() || takenBack.isZero()) {
            return Money.zero(paid.currency());
        }
        return takenBack.isLessThan(paid) ? new Money(proportion(), paid.currency()) : amount();
    }

    private BigDecimal proportion() {
        return amount().amount().multiply(takenBack.amount()).divide(paid.amount(), SCALE, RoundingMode.HALF_UP);
    }

    /** How much of what was paid for the grant is taken back; a bonus cost nothing. */
    Money costBasis() {
        return switch (granted.kind()) {
            case PAID -> takenBack.min(paid);
            case PROMOTIONAL -> Money.zero(paid.currency());
        };
    }
}
