/**
 * The description of Stripe's API as data, and what follows from it without a line per endpoint: which parameters an
 * operation takes, how form text becomes typed values, which errors a wrong one gives, what an object must contain.
 *
 * <p>{@code description.json} is derived from Stripe's OpenAPI description and SDK sources (MIT, licences beside it).
 * A test compares it with the contract it was derived from.
 */
@NullMarked
package io.drawdown.sandbox.api;

import org.jspecify.annotations.NullMarked;
