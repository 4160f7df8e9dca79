package io.drawdown.billing.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A price as Stripe has just shown it.
 *
 * @param kind one-off, licensed or metered
 * @param scheme per-unit, package, graduated or volume
 * @param unitAmount of a unit or of a package, exact, in the major unit; absent unless the scheme has a single one
 * @param packaging of package prices only
 * @param tiers of graduated and volume prices only, lowest first
 * @param currency ISO 4217 code in upper case
 */
public record PriceSnapshot(
        String priceId,
        String productId,
        String kind,
        String scheme,
        @Nullable Money unitAmount,
        @Nullable Packaging packaging,
        List<PriceTier> tiers,
        String currency,
        @Nullable String meterId,
        boolean active) {}
