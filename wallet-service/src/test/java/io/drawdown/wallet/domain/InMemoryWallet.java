package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/** A wallet without a store: what it decides is all that it is. */
public final class InMemoryWallet {

    private final List<WalletEvent> events = new ArrayList<>();
    private WalletState state;

    public InMemoryWallet(AccountId account, Currency currency, Instant at) {
        this(account, currency, Zone.UTC, at);
    }

    public InMemoryWallet(AccountId account, Currency currency, Zone zone, Instant at) {
        var opened = Decisions.open(new WalletCommand.OpenWallet(WalletId.of(account), account, currency, zone, at));
        events.add(opened);
        state = WalletState.evolve(null, opened);
    }

    /** Decides, and folds the events one by one, as a replay would. */
    public void handle(WalletCommand command) {
        for (var step : Decisions.decide(state, command)) {
            events.add(step.event());
            state = WalletState.evolve(state, step.event());
        }
    }

    public WalletState state() {
        return state;
    }

    public Money settled() {
        return state.settled();
    }

    public List<WalletEvent> events() {
        return events;
    }
}
