/**
 * Whether Drawdown and Stripe agree: the sweep that fetches what webhooks missed, and the answer to how old and how
 * complete the picture is.
 */
@NullMarked
package io.drawdown.billing.sync;

import org.jspecify.annotations.NullMarked;
