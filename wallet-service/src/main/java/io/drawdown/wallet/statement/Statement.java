package io.drawdown.wallet.statement;

import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletState;
import java.time.Instant;
import java.util.List;

/**
 * What moved a wallet's balance in a period. It adds up, or it cannot be made.
 *
 * @param wallet at the end of the period
 * @param from inclusive
 * @param to exclusive
 * @param opening balance before the first movement
 * @param firstSequence of the first entry of the period, which the ledger may yet have to record
 * @param closing balance after the last movement
 */
record Statement(
        WalletState wallet,
        Instant from,
        Instant to,
        Money opening,
        List<Movement> movements,
        Money closing,
        long firstSequence) {

    /** @throws IllegalStateException if the movements do not lead from the opening to the closing balance */
    Statement {
        var sum = movements.stream().map(Movement::amount).reduce(opening, Money::plus);
        if (!sum.equals(closing)) {
            throw new IllegalStateException("The statement of " + wallet.id() + " from " + from + " to " + to
                    + " does not add up: opening " + opening + " and movements are " + sum + ", closing is " + closing);
        }
    }

    /** How many entries of the ledger are in it, those among them that moved no money. */
    long entries() {
        return wallet.version() - firstSequence;
    }
}
