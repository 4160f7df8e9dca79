package io.drawdown.wallet.statement;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.Replay;
import io.drawdown.wallet.ledger.Wallets;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads balances and statements from the log. */
@Component
final class Statements {

    private final Wallets wallets;
    private final Replay replay;

    Statements(Wallets wallets, Replay replay) {
        this.wallets = wallets;
        this.replay = replay;
    }

    /**
     * The wallet as it was at {@code instant}, inclusive.
     *
     * @throws ProblemException 422 {@code before-opening} if it was not open yet
     */
    WalletState balance(WalletId id, Instant instant) {
        wallets.get(id);
        return replay.asOf(id, instant).orElseThrow(() -> notOpen(id, instant));
    }

    /**
     * What moved a balance from an instant on, inclusive, to another, exclusive. Reads every event of the period once; memory
     * does not grow with their number.
     *
     * @throws ProblemException 422 {@code before-opening} if the wallet was not open yet at the end
     */
    Statement statement(WalletId id, Instant from, Instant to) {
        wallets.get(id);
        var movements = new Movements();
        var stretch = replay.between(id, from, to.minusMillis(1), (event, _) -> movements.add(event));
        if (stretch == null) {
            throw notOpen(id, to);
        }
        var wallet = stretch.end();
        var opening = stretch.before();
        return new Statement(
                wallet,
                from,
                to,
                opening == null ? Money.zero(wallet.currency()) : opening.settledAt(from.minusMillis(1)),
                movements.all(),
                wallet.settledAt(to.minusMillis(1)),
                opening == null ? 0 : opening.version());
    }

    private static ProblemException notOpen(WalletId id, Instant instant) {
        return new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "before-opening",
                "Wallet " + id + " was not open yet at " + instant + "; ask for a later instant");
    }
}
