/** The ledger: event-sourced wallets, rating of usage, and the decision to ask for a top-up. */
@NullMarked
package io.drawdown.wallet;

import org.jspecify.annotations.NullMarked;
