/**
 * What must hold when all has come to rest, looked at from the outside: topics, the services' interfaces, Stripe.
 *
 * <p>The rules of the wallet are written here a second time, on purpose: a mistake would have to be made twice.
 */
@NullMarked
package io.drawdown.chaos.check;

import org.jspecify.annotations.NullMarked;
