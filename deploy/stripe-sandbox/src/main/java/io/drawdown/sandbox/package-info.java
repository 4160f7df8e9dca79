/**
 * A stateful stand-in for Stripe at HTTP level, for development, tests and demonstrations. stripe-java talks to it
 * unmodified; it never talks to Stripe and never sees a live key.
 *
 * <p>This package only starts and wires it. {@code engine} is what all resources share, {@code api} the contract as data,
 * {@code store} the state; each further package is one part of Stripe's model.
 */
@NullMarked
package io.drawdown.sandbox;

import org.jspecify.annotations.NullMarked;
