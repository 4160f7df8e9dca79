package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.domain.Aggregation;
import io.drawdown.crm.catalog.domain.Meter;
import io.drawdown.crm.catalog.domain.Packaging;
import io.drawdown.crm.catalog.domain.Price;
import io.drawdown.crm.catalog.domain.PriceKind;
import io.drawdown.crm.catalog.domain.PriceTier;
import io.drawdown.crm.catalog.domain.PricingScheme;
import io.drawdown.crm.catalog.domain.Product;
import io.drawdown.crm.money.MoneyRecords;
import io.drawdown.events.billing.StripeMeter;
import io.drawdown.events.billing.StripePackaging;
import io.drawdown.events.billing.StripePrice;
import io.drawdown.events.billing.StripePriceTier;
import io.drawdown.events.billing.StripeProduct;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stripe's catalogue in this service's words, with nothing of Drawdown's own added yet. */
final class StripeTranslation {

    private StripeTranslation() {}

    static Product toProduct(StripeProduct product, Instant now) {
        return new Product(
                product.getProductId(),
                product.getName(),
                product.getActive() && !product.getDeleted(),
                product.getSeenAt(),
                now);
    }

    static Price toPrice(StripePrice price, Instant now) {
        return new Price(
                price.getPriceId(),
                price.getProductId(),
                constant(PriceKind.values(), price.getKind(), PriceKind.UNKNOWN),
                constant(PricingScheme.values(), price.getScheme(), PricingScheme.UNKNOWN),
                MoneyRecords.fromRecord(price.getUnitAmount()),
                toPackaging(price.getPackaging()),
                price.getTiers().stream().map(StripeTranslation::toTier).toList(),
                price.getCurrency(),
                price.getMeterId(),
                price.getActive(),
                false,
                List.of(),
                price.getSeenAt(),
                now);
    }

    private static @Nullable Packaging toPackaging(@Nullable StripePackaging packaging) {
        return packaging == null ? null : new Packaging(packaging.getSize(), packaging.getRoundUp());
    }

    private static PriceTier toTier(StripePriceTier tier) {
        return new PriceTier(
                tier.getUpTo() == null ? null : new BigDecimal(tier.getUpTo()),
                new BigDecimal(tier.getUnitAmount()),
                new BigDecimal(tier.getFlatAmount()));
    }

    static Meter toMeter(StripeMeter meter, Instant now) {
        return new Meter(
                meter.getMeterId(),
                meter.getEventName(),
                meter.getDisplayName(),
                constant(Aggregation.values(), meter.getFormula(), Aggregation.UNKNOWN),
                meter.getValueKey(),
                meter.getActive(),
                List.of(),
                meter.getSeenAt(),
                now);
    }

    /** The constant that the word names, {@code one-off} being ONE_OFF; a word of a newer Stripe is unknown. */
    private static <E extends Enum<E>> E constant(E[] constants, String word, E unknown) {
        var name = word.replace('-', '_').toUpperCase(Locale.ROOT);
        return Stream.of(constants)
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElse(unknown);
    }
}
