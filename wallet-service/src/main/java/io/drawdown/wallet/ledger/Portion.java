package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.WalletEvent;
import java.util.List;

/**
 * Some events of a wallet that follow each other.
 *
 * @param events in order; empty only if there are none
 * @param more whether there are others behind them
 */
public record Portion(List<WalletEvent> events, boolean more) {

    public Portion {
        events = List.copyOf(events);
    }
}
