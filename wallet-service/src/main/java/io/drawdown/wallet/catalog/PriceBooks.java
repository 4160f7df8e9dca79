package io.drawdown.wallet.catalog;

import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceTier;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.rating.Aggregation;
import io.drawdown.wallet.rating.MeterPrices;
import io.drawdown.wallet.rating.PriceBook;
import io.drawdown.wallet.rating.Tariff;
import io.drawdown.wallet.rating.Tier;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
                aggregation(meter),
                meter.getPriceMappings().stream()
                        .map(mapping -> new MeterPrices.Mapping(mapping.getEffectiveAt(), mapping.getPriceId()))
                        .toList());
    }

    /** The gate has counted unique values already: a value that was seen before in the month comes as zero. */
    private static @Nullable Aggregation aggregation(Meter meter) {
        return switch (meter.getAggregation()) {
            case SUM, COUNT, UNIQUE_COUNT -> Aggregation.SUM;
            case LAST -> Aggregation.LAST;
            case MAX -> Aggregation.MAX;
            case UNKNOWN -> null;
        };
    }

    private static Tariff tariff(Price price) {
        return switch (price.getScheme()) {
            case PER_UNIT -> perUnit(price);
            case PACKAGE -> perPackage(price);
            case GRADUATED -> tiered(price, Tariff.Graduated::new);
            case VOLUME -> tiered(price, Tariff.Volume::new);
            case UNKNOWN ->
                new Tariff.Unrated(
                        price.getPriceId(), "charges in a way that this version does not know; upgrade wallet-service");
        };
    }

    private static Tariff perUnit(Price price) {
        var amount = price.getUnitAmount();
        return amount == null ? incomplete(price) : new Tariff.PerUnit(price.getPriceId(), money(amount));
    }

    private static Tariff perPackage(Price price) {
        var amount = price.getUnitAmount();
        var packaging = price.getPackaging();
        return amount == null || packaging == null || packaging.getSize() <= 0
                ? incomplete(price)
                : new Tariff.PerPackage(price.getPriceId(), money(amount), packaging.getSize(), packaging.getRoundUp());
    }

    private static Tariff tiered(Price price, Tiered kind) {
        var tiers = price.getTiers();
        if (tiers.isEmpty() || tiers.getLast().getUpTo() != null) {
            return incomplete(price);
        }
        var currency = Currency.getInstance(price.getCurrency());
        return kind.of(
                price.getPriceId(),
                currency,
                tiers.stream().map(tier -> tier(tier, currency)).toList());
    }

    private static Tier tier(PriceTier tier, Currency currency) {
        return new Tier(
                tier.getUpTo() == null ? null : new BigDecimal(tier.getUpTo()),
                Money.of(tier.getUnitAmount(), currency),
                Money.of(tier.getFlatAmount(), currency));
    }

    private static Tariff incomplete(Price price) {
        return new Tariff.Unrated(
                price.getPriceId(),
                "came without what it charges; usage is rated when the catalogue has been read from Stripe again");
    }

    private static Money money(io.drawdown.events.Money money) {
        return Money.of(money.getAmount(), Currency.getInstance(money.getCurrency()));
    }

    private interface Tiered {
        Tariff of(String priceId, Currency currency, List<Tier> tiers);
    }
}
