/**
 * Wallets over HTTP. Balances are exact and immediate: what an answer shows is what the event store holds at that moment,
 * never a projection. Requests that move money are run once per {@code Idempotency-Key}, remembered in the transaction of
 * the events they caused.
 */
@NullMarked
package io.drawdown.wallet.api;

import org.jspecify.annotations.NullMarked;
