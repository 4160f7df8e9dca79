/**
 * The adapter to Stripe: the only package that knows {@code com.stripe}.
 *
 * <p>Every call goes through {@link io.drawdown.billing.stripe.StripeCalls}: one budget of requests, one set of
 * time-outs, one translation of failures. Calls that change something are never repeated in here; whoever asked
 * decides, because only the asker knows where to look first.
 */
@NullMarked
package io.drawdown.billing.stripe;

import org.jspecify.annotations.NullMarked;
