package io.drawdown.billing.stripe;

import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.billing.Meter;
import io.drawdown.billing.domain.MeterSnapshot;
import io.drawdown.billing.domain.MinorUnit;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.Packaging;
import io.drawdown.billing.domain.PriceSnapshot;
import io.drawdown.billing.domain.PriceTier;
import io.drawdown.billing.domain.ProductSnapshot;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From Stripe's catalogue to ours. */
final class CatalogMapping {

    private static final String PER_UNIT = "per-unit";
    private static final String TIERED = "tiered";
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
        return new PriceSnapshot(
                price.getId(),
                price.getProduct(),
                kindOf(price),
                schemeOf(price),
                isTiered(price) ? null : unitAmount(price),
                packaging(price),
                tiers(price),
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
        if (isTiered(price)) {
            return "volume".equals(price.getTiersMode()) ? "volume" : "graduated";
        }
        return price.getTransformQuantity() == null ? PER_UNIT : "package";
    }

    private static boolean isTiered(Price price) {
        return TIERED.equals(price.getBillingScheme());
    }

    private static @Nullable Money unitAmount(Price price) {
        return amount(price.getUnitAmountDecimal(), price.getUnitAmount(), price.getCurrency());
    }

    private static @Nullable Packaging packaging(Price price) {
        var transform = price.getTransformQuantity();
        return transform == null ? null : new Packaging(transform.getDivideBy(), "up".equals(transform.getRound()));
    }

    /** Empty when Stripe was not asked to expand them. */
    private static List<PriceTier> tiers(Price price) {
        return price.getTiers() == null
                ? List.of()
                : price.getTiers().stream()
                        .map(tier -> tier(tier, price.getCurrency()))
                        .toList();
    }

    private static PriceTier tier(Price.Tier tier, String currency) {
        return new PriceTier(
                tier.getUpTo() == null ? null : BigDecimal.valueOf(tier.getUpTo()),
                orZero(amount(tier.getUnitAmountDecimal(), tier.getUnitAmount(), currency), currency),
                orZero(amount(tier.getFlatAmountDecimal(), tier.getFlatAmount(), currency), currency));
    }

    private static Money orZero(@Nullable Money amount, String currency) {
        return amount == null ? MinorUnit.toMajor(0, currency) : amount;
    }

    private static @Nullable Money amount(@Nullable BigDecimal exact, @Nullable Long whole, String currency) {
        if (exact != null) {
            return MinorUnit.toMajor(exact, currency);
        }
        return whole == null ? null : MinorUnit.toMajor(whole, currency);
    }
}
