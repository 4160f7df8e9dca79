package io.drawdown.billing.catalog;

import io.drawdown.billing.domain.MeterSnapshot;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.Packaging;
import io.drawdown.billing.domain.PriceSnapshot;
import io.drawdown.billing.domain.PriceTier;
import io.drawdown.billing.domain.ProductSnapshot;
import io.drawdown.billing.mirror.Observation;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.StripeMeter;
import io.drawdown.events.billing.StripePackaging;
import io.drawdown.events.billing.StripePrice;
import io.drawdown.events.billing.StripePriceTier;
import io.drawdown.events.billing.StripeProduct;
import org.jspecify.annotations.Nullable;

/** From the catalogue's snapshots to what is published of them. */
final class CatalogRecords {

    private CatalogRecords() {}

    static Observation of(ProductSnapshot product) {
        return Observation.of(
                Topic.BILLING_CATALOG,
                seenAt -> StripeProduct.newBuilder()
                        .setProductId(product.productId())
                        .setName(product.name())
                        .setActive(product.active())
                        .setDeleted(product.deleted())
                        .setSeenAt(seenAt)
                        .build());
    }

    static Observation of(PriceSnapshot price) {
        return Observation.of(
                Topic.BILLING_CATALOG,
                seenAt -> StripePrice.newBuilder()
                        .setPriceId(price.priceId())
                        .setProductId(price.productId())
                        .setKind(price.kind())
                        .setScheme(price.scheme())
                        .setUnitAmount(toRecord(price.unitAmount()))
                        .setPackaging(toRecord(price.packaging()))
                        .setTiers(price.tiers().stream()
                                .map(CatalogRecords::toRecord)
                                .toList())
                        .setCurrency(price.currency())
                        .setMeterId(price.meterId())
                        .setActive(price.active())
                        .setSeenAt(seenAt)
                        .build());
    }

    static Observation of(MeterSnapshot meter) {
        return Observation.of(
                Topic.BILLING_CATALOG,
                seenAt -> StripeMeter.newBuilder()
                        .setMeterId(meter.meterId())
                        .setEventName(meter.eventName())
                        .setDisplayName(meter.displayName())
                        .setFormula(meter.formula())
                        .setValueKey(meter.valueKey())
                        .setActive(meter.active())
                        .setSeenAt(seenAt)
                        .build());
    }

    private static @Nullable StripePackaging toRecord(@Nullable Packaging packaging) {
        return packaging == null ? null : new StripePackaging(packaging.size(), packaging.roundUp());
    }

    private static StripePriceTier toRecord(PriceTier tier) {
        return new StripePriceTier(
                tier.upTo() == null ? null : tier.upTo().toPlainString(),
                tier.unitAmount().numeral(),
                tier.flatAmount().numeral());
    }

    private static io.drawdown.events.@Nullable Money toRecord(@Nullable Money money) {
        return money == null ? null : new io.drawdown.events.Money(money.numeral(), money.currency());
    }
}
