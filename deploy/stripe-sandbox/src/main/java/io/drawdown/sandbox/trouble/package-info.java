/**
 * Trouble on demand: the next requests fail before or after their effect, are slow, or lose their connection. Steered
 * under {@code /_sandbox}, which is not part of Stripe.
 */
@NullMarked
package io.drawdown.sandbox.trouble;

import org.jspecify.annotations.NullMarked;
