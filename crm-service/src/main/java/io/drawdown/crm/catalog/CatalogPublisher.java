package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.domain.CreditTerms;
import io.drawdown.crm.catalog.domain.Meter;
import io.drawdown.crm.catalog.domain.Packaging;
import io.drawdown.crm.catalog.domain.Price;
import io.drawdown.crm.catalog.domain.PriceTier;
import io.drawdown.crm.catalog.domain.Product;
import io.drawdown.crm.domain.Money;
import io.drawdown.crm.money.MoneyRecords;
import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.PriceKind;
import io.drawdown.events.catalog.PriceMapping;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.events.catalog.Rollover;
import io.drawdown.wire.outbox.Outbox;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Publishes the catalogue, Stripe's part and Drawdown's in one record, in the transaction of the change. */
@Component
class CatalogPublisher {

    private final Outbox outbox;

    CatalogPublisher(Outbox outbox) {
        this.outbox = outbox;
    }

    void publish(Product product) {
        outbox.append(
                Topic.CATALOG_PRODUCTS,
                product.productId(),
                new io.drawdown.events.catalog.Product(
                        product.productId(), product.name(), product.active(), product.updatedAt()));
    }

    void publish(Price price) {
        outbox.append(Topic.CATALOG_PRICES, price.priceId(), toRecord(price));
    }

    void publish(Meter meter) {
        outbox.append(Topic.CATALOG_METERS, meter.meterId(), toRecord(meter));
    }

    private static io.drawdown.events.catalog.Price toRecord(Price price) {
        return io.drawdown.events.catalog.Price.newBuilder()
                .setPriceId(price.priceId())
                .setProductId(price.productId())
                .setKind(PriceKind.valueOf(price.kind().name()))
                .setScheme(PricingScheme.valueOf(price.scheme().name()))
                .setUnitAmount(MoneyRecords.toRecord(price.unitAmount()))
                .setPackaging(toRecord(price.packaging()))
                .setTiers(price.tiers().stream().map(CatalogPublisher::toRecord).toList())
                .setCurrency(price.currency())
                .setMeterId(price.meterId())
                .setCreditGrant(price.creditGrant())
                .setCreditTerms(price.creditTerms().stream()
                        .map(terms -> toRecord(terms, price.currency()))
                        .toList())
                .setActive(price.active())
                .setUpdatedAt(price.updatedAt())
                .build();
    }

    private static io.drawdown.events.catalog.@Nullable Packaging toRecord(@Nullable Packaging packaging) {
        return packaging == null
                ? null
                : new io.drawdown.events.catalog.Packaging(packaging.size(), packaging.roundUp());
    }

    private static io.drawdown.events.catalog.PriceTier toRecord(PriceTier tier) {
        return new io.drawdown.events.catalog.PriceTier(
                tier.upTo() == null ? null : tier.upTo().toPlainString(),
                tier.unitAmount().toPlainString(),
                tier.flatAmount().toPlainString());
    }

    private static io.drawdown.events.catalog.CreditTerms toRecord(CreditTerms terms, String currency) {
        var bonus = terms.bonus();
        return io.drawdown.events.catalog.CreditTerms.newBuilder()
                .setEffectiveAt(terms.effectiveAt())
                .setValidFor(terms.validFor() == null ? null : terms.validFor().toString())
                .setMeterIds(terms.meterIds())
                .setPriority(terms.priority())
                .setBonusShare(bonus == null ? null : text(bonus.share()))
                .setBonusAmount(bonus == null ? null : toRecord(bonus.perUnit(), currency))
                .setRollover(toRecord(terms.rollover(), currency))
                .build();
    }

    private static @Nullable Rollover toRecord(CreditTerms.@Nullable Rollover rollover, String currency) {
        return rollover == null
                ? null
                : new Rollover(
                        toRecord(rollover.mostAmount(), currency),
                        text(rollover.mostShare()),
                        rollover.validFor().toString());
    }

    private static io.drawdown.events.@Nullable Money toRecord(@Nullable BigDecimal amount, String currency) {
        return amount == null ? null : MoneyRecords.toRecord(new Money(amount, currency));
    }

    private static @Nullable String text(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    private static io.drawdown.events.catalog.Meter toRecord(Meter meter) {
        return io.drawdown.events.catalog.Meter.newBuilder()
                .setMeterId(meter.meterId())
                .setEventName(meter.eventName())
                .setDisplayName(meter.displayName())
                .setAggregation(Aggregation.valueOf(meter.aggregation().name()))
                .setValueKey(meter.valueKey())
                .setActive(meter.active())
                .setPriceMappings(meter.priceMappings().stream()
                        .map(mapping -> new PriceMapping(mapping.priceId(), mapping.productId(), mapping.effectiveAt()))
                        .toList())
                .setUpdatedAt(meter.updatedAt())
                .build();
    }
}
