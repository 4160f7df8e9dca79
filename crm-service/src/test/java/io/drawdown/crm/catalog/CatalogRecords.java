package io.drawdown.crm.catalog;

import io.drawdown.events.Money;
import io.drawdown.events.billing.StripeMeter;
import io.drawdown.events.billing.StripePackaging;
import io.drawdown.events.billing.StripePrice;
import io.drawdown.events.billing.StripePriceTier;
import io.drawdown.events.billing.StripeProduct;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stripe's catalogue as billing-sync-service tells of it. */
final class CatalogRecords {

    static final Instant EARLY = Instant.parse("2026-11-02T10:00:00Z");
    static final Instant LATE = Instant.parse("2026-11-03T10:00:00Z");

    private CatalogRecords() {}

    static StripeProduct product(String id, String name, boolean active, Instant seenAt) {
        return new StripeProduct(id, name, active, false, seenAt);
    }

    static StripePrice oneOffPrice(String id, boolean active, Instant seenAt) {
        return new StripePrice(
                id,
                "prod_1",
                "one-off",
                "per-unit",
                new Money("1.00", "USD"),
                null,
                List.of(),
                "USD",
                null,
                active,
                seenAt);
    }

    static StripePrice meteredPrice(String id, String meterId, boolean active, Instant seenAt) {
        return new StripePrice(
                id,
                "prod_1",
                "metered",
                "per-unit",
                new Money("0.0100000001", "USD"),
                null,
                List.of(),
                "USD",
                meterId,
                active,
                seenAt);
    }

    static StripePrice packagePrice(String id) {
        return priceOf(id, "package", new Money("3.00", "USD"), new StripePackaging(1_000L, true), List.of());
    }

    static StripePrice graduatedPrice(String id) {
        return priceOf(
                id,
                "graduated",
                null,
                null,
                List.of(
                        new StripePriceTier("100", "0.0500", "2.00"),
                        new StripePriceTier(null, "0.000000000001", "0")));
    }

    private static StripePrice priceOf(
            String id,
            String scheme,
            @Nullable Money unitAmount,
            @Nullable StripePackaging packaging,
            List<StripePriceTier> tiers) {
        return new StripePrice(
                id, "prod_1", "metered", scheme, unitAmount, packaging, tiers, "USD", "mtr_x", true, EARLY);
    }

    static StripeMeter meter(String id, String displayName, Instant seenAt) {
        return new StripeMeter(id, "api.request", displayName, "sum", "value", true, seenAt);
    }
}
