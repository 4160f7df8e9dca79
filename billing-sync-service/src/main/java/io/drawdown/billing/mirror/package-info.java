/**
 * Stripe's objects as Drawdown last saw and published them.
 *
 * <p>Invariants: an object is fetched only while its row is locked, so of two fetches the later one is also stored and
 * published later; a state is published in the transaction that stores it, and only if it differs from the last; a
 * request to refresh is removed only after a fetch that began after the request was made.
 */
@NullMarked
package io.drawdown.billing.mirror;

import org.jspecify.annotations.NullMarked;
