package io.drawdown.sandbox.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** How a quantity becomes the amount of an invoice line. */
public sealed interface LinePrice {

    /** Unrounded, in minor units. */
    BigDecimal exact(BigDecimal quantity);

    /**
     * The line's amount in minor units: the exact amount, rounded once.
     *
     * @throws ArithmeticException when the amount exceeds a long
     */
    default long amount(BigDecimal quantity, RoundingMode rounding) {
        return amount(quantity, 1, 1, rounding);
    }

    /**
     * The amount for a part of the time that the price is for, rounded once.
     *
     * @param part for example seconds, of as many as {@code whole}
     * @throws ArithmeticException when the amount exceeds a long
     */
    default long amount(BigDecimal quantity, long part, long whole, RoundingMode rounding) {
        return exact(quantity)
                .multiply(BigDecimal.valueOf(part))
                .divide(BigDecimal.valueOf(whole), 0, rounding)
                .longValueExact();
    }

    /** Unit amount times quantity. */
    record PerUnit(BigDecimal unitAmount) implements LinePrice {

        @Override
        public BigDecimal exact(BigDecimal quantity) {
            return unitAmount.multiply(quantity);
        }
    }

    /** The quantity is divided into packages, rounded up or down to whole ones, before it is priced. */
    record Packaged(BigDecimal unitAmount, long divideBy, RoundingMode round) implements LinePrice {

        @Override
        public BigDecimal exact(BigDecimal quantity) {
            return unitAmount.multiply(quantity.divide(BigDecimal.valueOf(divideBy), 0, round));
        }
    }

    /** Each slice of the quantity at its own tier; flat amounts of all tiers reached. */
    record Graduated(List<Tier> tiers) implements LinePrice {

        @Override
        public BigDecimal exact(BigDecimal quantity) {
            var sum = BigDecimal.ZERO;
            var from = BigDecimal.ZERO;
            for (Tier tier : tiers) {
                var to = tier.upTo() == null ? quantity : quantity.min(tier.upTo());
                if (to.compareTo(from) > 0 || (from.signum() == 0 && quantity.signum() == 0)) {
                    sum = sum.add(tier.unitAmount().multiply(to.subtract(from))).add(tier.flatAmount());
                }
                if (tier.reaches(quantity)) {
                    break;
                }
                from = to;
            }
            return sum;
        }
    }

    /** The whole quantity at the tier it reaches, with that tier's flat amount. */
    record Volume(List<Tier> tiers) implements LinePrice {

        @Override
        public BigDecimal exact(BigDecimal quantity) {
            return tiers.stream()
                    .filter(tier -> tier.reaches(quantity))
                    .findFirst()
                    .map(tier -> tier.unitAmount().multiply(quantity).add(tier.flatAmount()))
                    .orElse(BigDecimal.ZERO);
        }
    }
}
