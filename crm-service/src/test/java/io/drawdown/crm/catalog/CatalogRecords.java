package io.drawdown.crm.catalog;

import io.drawdown.events.Money;
import io.drawdown.events.billing.StripeMeter;
import io.drawdown.events.billing.StripePrice;
import io.drawdown.events.billing.StripeProduct;
import java.time.Instant;

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
                id, "prod_1", "one-off", "per-unit", new Money("1.00", "USD"), "USD", null, active, seenAt);
    }

    static StripePrice meteredPrice(String id, String meterId, boolean active, Instant seenAt) {
        return new StripePrice(
                id, "prod_1", "metered", "per-unit", new Money("0.0100000001", "USD"), "USD", meterId, active, seenAt);
    }

    static StripeMeter meter(String id, String displayName, Instant seenAt) {
        return new StripeMeter(id, "api.request", displayName, "sum", "value", true, seenAt);
    }
}
