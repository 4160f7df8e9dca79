package io.drawdown.billing.stripe;

import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.billing.Meter;
import io.drawdown.billing.domain.MeterSnapshot;
import io.drawdown.billing.domain.MinorUnit;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.PriceSnapshot;
import io.drawdown.billing.domain.ProductSnapshot;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From Stripe's catalogue to ours. */
final class CatalogMapping {

    private static final String PER_UNIT = "per-unit";
    private static final String DEFAULT_VALUE_KEY = "value";

    private CatalogMapping() {}

    static ProductSnapshot toSnapshot(Product product) {
        return new ProductSnapshot(
                product.getId(),
                Objects.requireNonNullElse(product.getName(), ""),
                Boolean.TRUE.equals(product.getActive()),
                Boolean.TRUE.equals(product.getDeleted()));
    }

    static PriceSnapshot toSnapshot(Price price) {
        var scheme = schemeOf(price);
        return new PriceSnapshot(
                price.getId(),
                price.getProduct(),
                kindOf(price),
                scheme,
                PER_UNIT.equals(scheme) ? unitAmount(price) : null,
                price.getCurrency().toUpperCase(Locale.ROOT),
                price.getRecurring() == null ? null : price.getRecurring().getMeter(),
                Boolean.TRUE.equals(price.getActive()));
    }

    static MeterSnapshot toSnapshot(Meter meter) {
        var values = meter.getValueSettings();
        return new MeterSnapshot(
                meter.getId(),
                meter.getEventName(),
                Objects.requireNonNullElse(meter.getDisplayName(), meter.getEventName()),
                meter.getDefaultAggregation().getFormula(),
                values == null ? DEFAULT_VALUE_KEY : values.getEventPayloadKey(),
                "active".equals(meter.getStatus()));
    }

    private static String kindOf(Price price) {
        if (price.getRecurring() == null) {
            return "one-off";
        }
        return "metered".equals(price.getRecurring().getUsageType()) ? "metered" : "licensed";
    }

    private static String schemeOf(Price price) {
        if ("tiered".equals(price.getBillingScheme())) {
            return "volume".equals(price.getTiersMode()) ? "volume" : "graduated";
        }
        return price.getTransformQuantity() == null ? PER_UNIT : "package";
    }

    private static @Nullable Money unitAmount(Price price) {
        if (price.getUnitAmountDecimal() != null) {
            return MinorUnit.toMajor(price.getUnitAmountDecimal(), price.getCurrency());
        }
        return price.getUnitAmount() == null ? null : MinorUnit.toMajor(price.getUnitAmount(), price.getCurrency());
    }
}
