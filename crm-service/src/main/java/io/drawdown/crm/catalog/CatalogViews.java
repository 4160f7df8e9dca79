package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.domain.Meter;
import io.drawdown.crm.catalog.domain.Packaging;
import io.drawdown.crm.catalog.domain.Price;
import io.drawdown.crm.catalog.domain.PriceMapping;
import io.drawdown.crm.catalog.domain.PriceTier;
import io.drawdown.crm.catalog.domain.Product;
import io.drawdown.crm.money.MoneyJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue in responses. */
final class CatalogViews {

    private CatalogViews() {}

    record ProductView(String productId, String name, boolean active, Instant updatedAt) {

        static ProductView of(Product product) {
            return new ProductView(product.productId(), product.name(), product.active(), product.updatedAt());
        }
    }

    record PriceView(
            String priceId,
            String productId,
            String kind,
            String scheme,
            @Nullable MoneyJson unitAmount,
            @Nullable Packaging packaging,
            List<TierView> tiers,
            String currency,
            @Nullable String meterId,
            boolean active,
            boolean creditGrant,
            List<CreditTermsJson> creditTerms,
            Instant updatedAt) {

        static PriceView of(Price price) {
            return new PriceView(
                    price.priceId(),
                    price.productId(),
                    price.kind().name(),
                    price.scheme().name(),
                    MoneyJson.of(price.unitAmount()),
                    price.packaging(),
                    price.tiers().stream().map(TierView::of).toList(),
                    price.currency(),
                    price.meterId(),
                    price.active(),
                    price.creditGrant(),
                    price.creditTerms().stream().map(CreditTermsJson::of).toList(),
                    price.updatedAt());
        }
    }

    /** Numbers as decimal numerals, as in amounts of money. */
    record TierView(@Nullable String upTo, String unitAmount, String flatAmount) {

        private static TierView of(PriceTier tier) {
            return new TierView(
                    tier.upTo() == null ? null : tier.upTo().toPlainString(),
                    tier.unitAmount().toPlainString(),
                    tier.flatAmount().toPlainString());
        }
    }

    record MeterView(
            String meterId,
            String eventName,
            String displayName,
            String aggregation,
            String valueKey,
            boolean active,
            List<PriceMapping> priceMappings,
            Instant updatedAt) {

        static MeterView of(Meter meter) {
            return new MeterView(
                    meter.meterId(),
                    meter.eventName(),
                    meter.displayName(),
                    meter.aggregation().name(),
                    meter.valueKey(),
                    meter.active(),
                    meter.priceMappings(),
                    meter.updatedAt());
        }
    }
}
