/**
 * Products, prices and meters, as Stripe has them and with what Drawdown adds.
 *
 * <p>Stripe's part arrives on {@code billing.catalog.v1} and is stored as seen. Drawdown's part is set by people: whether
 * paying a price buys credit, and which price rates a meter from when on. Both together are published on
 * {@code catalog.products.v1}, {@code catalog.prices.v1} and {@code catalog.meters.v1}, only when the content has changed.
 */
@NullMarked
package io.drawdown.crm.catalog;

import org.jspecify.annotations.NullMarked;
