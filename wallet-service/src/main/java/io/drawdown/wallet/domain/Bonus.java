package io.drawdown.wallet.domain;

import java.math.BigDecimal;

/** Promotional credit beside credit that is bought. */
public sealed interface Bonus {

    /** What it comes to for a line of a paid invoice; zero when it says nothing about that. */
    Money on(CreditLine line);

    /** A share of what the line is worth: 0.1 is a tenth more. Exact, whatever the currency. */
    record Share(BigDecimal share) implements Bonus {

        public Share {
            if (share.signum() <= 0) {
                throw new IllegalArgumentException("A bonus of a share of " + share.toPlainString() + " is none");
            }
        }

        @Override
        public Money on(CreditLine line) {
            return line.amount().times(share);
        }
    }

    /** An amount for each unit of the line's quantity; nothing for a line in another currency, or without a quantity. */
    record PerUnit(Money amount) implements Bonus {

        public PerUnit {
            if (!amount.isPositive()) {
                throw new IllegalArgumentException("A bonus of " + amount + " is none");
            }
        }

        @Override
        public Money on(CreditLine line) {
            var quantity = line.quantity();
            return quantity == null || !amount.currency().equals(line.amount().currency())
                    ? Money.zero(line.amount().currency())
                    : amount.times(quantity);
        }
    }
}
