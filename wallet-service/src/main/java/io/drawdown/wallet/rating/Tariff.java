package io.drawdown.wallet.rating;

import io.drawdown.wallet.domain.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;

/** How a price charges. */
public sealed interface Tariff {

    String priceId();

    /** A way of charging that is rated here. Amounts are exact: where a price rounds quantities, it says so. */
    sealed interface Known extends Tariff {

        Currency currency();

        /** What a total costs. A total of zero costs nothing: a flat amount is due when its tier is reached. */
        default Money cost(BigDecimal total) {
            return total.signum() == 0 ? Money.zero(currency()) : costOfSome(total);
        }

        /** @param total positive */
        Money costOfSome(BigDecimal total);
    }

    /** So much for each unit. */
    record PerUnit(String priceId, Money unitAmount) implements Known {

        @Override
        public Currency currency() {
            return unitAmount.currency();
        }

        @Override
        public Money costOfSome(BigDecimal total) {
            return unitAmount.times(total);
        }
    }

    /**
     * So much for each package.
     *
     * @param size units in a package; positive
     * @param roundUp whether a package that is begun counts whole, or not at all
     */
    record PerPackage(String priceId, Money packageAmount, long size, boolean roundUp) implements Known {

        @Override
        public Currency currency() {
            return packageAmount.currency();
        }

        @Override
        public Money costOfSome(BigDecimal total) {
            var rounding = roundUp ? RoundingMode.CEILING : RoundingMode.FLOOR;
            return packageAmount.times(total.divide(BigDecimal.valueOf(size), 0, rounding));
        }
    }

    /**
     * Each part of the total at its own tier, and the flat amount of every tier that is reached.
     *
     * @param tiers lowest first; the last one has no end
     */
    record Graduated(String priceId, Currency currency, List<Tier> tiers) implements Known {

        @Override
        public Money costOfSome(BigDecimal total) {
            var cost = Money.zero(currency);
            var from = BigDecimal.ZERO;
            for (var tier : tiers) {
                if (tier.upTo() == null || tier.reaches(total)) {
                    return cost.plus(tier.cost(total.subtract(from)));
                }
                cost = cost.plus(tier.cost(tier.upTo().subtract(from)));
                from = tier.upTo();
            }
            throw new IllegalStateException("The last tier of price " + priceId + " has an end");
        }
    }

    /**
     * The whole total at the tier that it reaches, and that tier's flat amount.
     *
     * @param tiers lowest first; the last one has no end
     */
    record Volume(String priceId, Currency currency, List<Tier> tiers) implements Known {

        @Override
        public Money costOfSome(BigDecimal total) {
            return tiers.stream()
                    .filter(tier -> tier.reaches(total))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("The last tier of price " + priceId + " has an end"))
                    .cost(total);
        }
    }

    /**
     * A price that is not rated here.
     *
     * @param lack why not, in words that end a sentence on the price
     */
    record Unrated(String priceId, String lack) implements Tariff {}
}
