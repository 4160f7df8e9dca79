/**
 * What Stripe tells us by itself.
 *
 * <p>A webhook is answered with success only after its bytes stand in the journal, {@code stripe.events.v1}. From the
 * journal each event is taken once, by its id, as a hint that an object may have changed; what changed is fetched.
 */
@NullMarked
package io.drawdown.billing.webhook;

import org.jspecify.annotations.NullMarked;
