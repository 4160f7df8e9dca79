package io.drawdown.billing.domain;

import java.math.BigDecimal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the one line of a replenishment's invoice is made of.
 *
 * @param priceId the credit price, or absent for a bare amount
 * @param quantity how many units of that price; 1 for a bare amount
 */
public record ChargeLine(@Nullable String priceId, long quantity) {

    public static final ChargeLine BARE_AMOUNT = new ChargeLine(null, 1);

    /**
     * Chooses the line: the currency's single credit price if it divides the amount exactly, else the bare amount.
     *
     * @param prices every credit price that may be sold now, in any currency
     */
    public static ChargeLine choose(Money amount, Collection<CreditPrice> prices) {
        var candidates = prices.stream()
                .filter(price -> price.unitAmount().currency().equals(amount.currency()))
                .toList();
        return candidates.size() == 1 ? candidates.getFirst().lineFor(amount) : BARE_AMOUNT;
    }

    /** A one-off price whose lines become credit. */
    public record CreditPrice(String priceId, Money unitAmount) {

        private ChargeLine lineFor(Money amount) {
            var unit = unitAmount.amount();
            if (unit.signum() <= 0) {
                return BARE_AMOUNT;
            }
            var division = amount.amount().divideAndRemainder(unit);
            var divides = division[1].signum() == 0 && division[0].compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
            return divides ? new ChargeLine(priceId, division[0].longValueExact()) : BARE_AMOUNT;
        }
    }
}
