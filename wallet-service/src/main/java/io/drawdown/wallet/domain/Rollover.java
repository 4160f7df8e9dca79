package io.drawdown.wallet.domain;

import java.math.BigDecimal;

/**
 * How much of what is left of a grant when it expires goes on as a grant of its own, once.
 *
 * @param validFor how long it goes on from the expiry
 */
public record Rollover(Limit limit, Validity validFor) {

    /** Whether it says anything about credit of this worth: an amount does in its own currency only. */
    boolean appliesTo(Money worth) {
        return !(limit instanceof Most(var amount)) || amount.currency().equals(worth.currency());
    }

    /** How much goes on at most. */
    public sealed interface Limit {

        /**
         * How much of what is left goes on.
         *
         * @param before what has gone on of the same grant already
         */
        Money of(Money left, Money before);
    }

    /** Up to an amount. */
    public record Most(Money amount) implements Limit {

        public Most {
            if (!amount.isPositive()) {
                throw new IllegalArgumentException("At most " + amount + " is nothing; give a positive amount");
            }
        }

        @Override
        public Money of(Money left, Money before) {
            return left.min(amount.minus(before));
        }
    }

    /** A share of what is left, above 0 and up to 1; exact, whatever the currency. */
    public record Share(BigDecimal share) implements Limit {

        public Share {
            if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException("A share is above 0 and up to 1, not " + share.toPlainString());
            }
        }

        @Override
        public Money of(Money left, Money before) {
            return left.times(share);
        }
    }
}
