package io.drawdown.wallet.domain;

import java.math.RoundingMode;

/**
 * A grant that rolls over.
 *
 * @param worth of the grant as it was given
 * @param costBasis what was paid for it
 * @param rolledOver how much of it has rolled over already
 */
record Rolling(Rollover rule, Money worth, Money costBasis, Money rolledOver) {

    /** Decimals of a proportion that does not come out even. */
    private static final int SCALE = 12;

    /** How much goes on of what is left. */
    Money of(Money left) {
        return rule.limit().of(left, rolledOver);
    }

    /** What was paid for a part of the grant, rounded half up at the twelfth decimal. */
    Money costOf(Money part) {
        var cost = costBasis.amount().multiply(part.amount()).divide(worth.amount(), SCALE, RoundingMode.HALF_UP);
        return new Money(cost, part.currency());
    }

    Rolling plus(Money amount) {
        return new Rolling(rule, worth, costBasis, rolledOver.plus(amount));
    }
}
