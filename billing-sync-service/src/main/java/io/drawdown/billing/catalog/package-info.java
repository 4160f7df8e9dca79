/**
 * Products, prices and meters, as Stripe has them. Published when their content differs from what was last published:
 * on each hint that a webhook gives, and after comparing the whole catalogue at start and from time to time.
 */
@NullMarked
package io.drawdown.billing.catalog;

import org.jspecify.annotations.NullMarked;
