/**
 * Keeps Drawdown and Stripe telling the same story, in both directions.
 *
 * <p>Three rules carry everything here. An intent is stored before Stripe is asked, and the idempotency key derives
 * from it. An unknown outcome is looked up before it is tried again. A webhook is a hint: the object is fetched, and
 * what was fetched last wins.
 */
@NullMarked
package io.drawdown.billing;

import org.jspecify.annotations.NullMarked;
