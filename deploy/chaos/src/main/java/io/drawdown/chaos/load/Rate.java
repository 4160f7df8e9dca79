package io.drawdown.chaos.load;

import io.drawdown.events.Money;
import io.drawdown.events.catalog.Packaging;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceTier;
import io.drawdown.events.catalog.PricingScheme;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a price charges: the rules of rating, written here a second time. */
sealed interface Rate {

    /** What a total costs; not asked for nothing, which costs nothing. */
    BigDecimal costOfSome(BigDecimal total);

    /** Says the same in the catalogue's words. */
    void describe(Price.Builder price);

    /** So much for each unit. */
    record PerUnit(String amount) implements Rate {

        @Override
        public BigDecimal costOfSome(BigDecimal total) {
            return total.multiply(new BigDecimal(amount));
        }

        @Override
        public void describe(Price.Builder price) {
            price.setScheme(PricingScheme.PER_UNIT).setUnitAmount(usd(amount));
        }
    }

    /** So much for each package; one that is begun counts whole. */
    record Packages(String amount, long size) implements Rate {

        @Override
        public BigDecimal costOfSome(BigDecimal total) {
            return total.divide(BigDecimal.valueOf(size), 0, RoundingMode.CEILING)
                    .multiply(new BigDecimal(amount));
        }

        @Override
        public void describe(Price.Builder price) {
            price.setScheme(PricingScheme.PACKAGE).setUnitAmount(usd(amount)).setPackaging(new Packaging(size, true));
        }
    }

    /** Each part of the total at its own tier. */
    record Graduated(List<Tier> tiers) implements Rate {

        @Override
        public BigDecimal costOfSome(BigDecimal total) {
            var cost = BigDecimal.ZERO;
            var from = BigDecimal.ZERO;
            for (var tier : tiers) {
                if (total.compareTo(from) > 0) {
                    cost = cost.add(tier.cost(tier.partOf(total).subtract(from)));
                    from = tier.partOf(total);
                }
            }
            return cost;
        }

        @Override
        public void describe(Price.Builder price) {
            price.setScheme(PricingScheme.GRADUATED).setUnitAmount(null).setTiers(Tier.records(tiers));
        }
    }

    /** The whole total at the tier that it reaches. */
    record Volume(List<Tier> tiers) implements Rate {

        @Override
        public BigDecimal costOfSome(BigDecimal total) {
            return tiers.stream()
                    .filter(tier -> tier.partOf(total).equals(total))
                    .findFirst()
                    .orElseThrow()
                    .cost(total);
        }

        @Override
        public void describe(Price.Builder price) {
            price.setScheme(PricingScheme.VOLUME).setUnitAmount(null).setTiers(Tier.records(tiers));
        }
    }

    /** @param upTo inclusive; absent in the last tier */
    record Tier(@Nullable String upTo, String unitAmount, String flatAmount) {

        /** What of a total lies in this tier or below it. */
        private BigDecimal partOf(BigDecimal total) {
            return upTo == null ? total : total.min(new BigDecimal(upTo));
        }

        private BigDecimal cost(BigDecimal quantity) {
            return quantity.multiply(new BigDecimal(unitAmount)).add(new BigDecimal(flatAmount));
        }

        private static List<PriceTier> records(List<Tier> tiers) {
            return tiers.stream()
                    .map(tier -> new PriceTier(tier.upTo, tier.unitAmount, tier.flatAmount))
                    .toList();
        }
    }

    private static Money usd(String amount) {
        return new Money(amount, "USD");
    }
}
