package io.drawdown.billing.domain;

import org.jspecify.annotations.Nullable;

/**
 * A price as Stripe has just shown it.
 *
 * @param kind one-off, licensed or metered
 * @param scheme per-unit, package, graduated or volume
 * @param unitAmount exact, in the major unit; absent unless the scheme has a single one
 * @param currency ISO 4217 code in upper case
 */
public record PriceSnapshot(
        String priceId,
        String productId,
        String kind,
        String scheme,
        @Nullable Money unitAmount,
        String currency,
        @Nullable String meterId,
        boolean active) {}
