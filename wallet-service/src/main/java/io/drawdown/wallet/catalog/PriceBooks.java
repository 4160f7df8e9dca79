package io.drawdown.wallet.catalog;

import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.rating.MeterPrices;
import io.drawdown.wallet.rating.PriceBook;
import io.drawdown.wallet.rating.Tariff;
import java.util.Collection;
import java.util.Currency;

/** From the catalogue's records to a price book. */
final class PriceBooks {

    private PriceBooks() {}

    static PriceBook of(Collection<Meter> meters, Collection<Price> prices) {
        return new PriceBook(
                meters.stream().map(PriceBooks::meter).toList(),
                prices.stream().map(PriceBooks::tariff).toList());
    }

    private static MeterPrices meter(Meter meter) {
        return new MeterPrices(
                meter.getMeterId(),
                isAdditive(meter),
                meter.getPriceMappings().stream()
                        .map(mapping -> new MeterPrices.Mapping(mapping.getEffectiveAt(), mapping.getPriceId()))
                        .toList());
    }

    private static boolean isAdditive(Meter meter) {
        return switch (meter.getAggregation()) {
            case SUM, COUNT -> true;
            case LAST, MAX, UNIQUE_COUNT, UNKNOWN -> false;
        };
    }

    private static Tariff tariff(Price price) {
        var unitAmount = price.getUnitAmount();
        if (price.getScheme() != PricingScheme.PER_UNIT || unitAmount == null) {
            return new Tariff.Unsupported(price.getPriceId(), price.getScheme().name());
        }
        var currency = Currency.getInstance(unitAmount.getCurrency());
        return new Tariff.PerUnit(price.getPriceId(), Money.of(unitAmount.getAmount(), currency));
    }
}
