/**
 * What Stripe's objects mean to Drawdown, and the rules of charging, free of any technology.
 *
 * <p>Invariants: amounts are exact and carry their currency; a conversion to or from Stripe's minor unit never rounds;
 * a replenishment ends once, as paid or as failed, and it fails only when its invoice can no longer be paid.
 */
@NullMarked
package io.drawdown.billing.domain;

import org.jspecify.annotations.NullMarked;
