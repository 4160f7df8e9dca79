package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.Wallet;
import java.util.HashMap;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.modelling.command.LockAwareAggregate;

/**
 * The wallets that a unit of work has loaded, by id. Axon asks of each of them, when it commits, whether it is still among
 * them: a plain map looks through all of them each time, which of ten thousand is most of the work.
 */
final class ManagedWallets extends HashMap<String, LockAwareAggregate<Wallet, EventSourcedAggregate<Wallet>>> {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean containsValue(Object wallet) {
        return wallet instanceof LockAwareAggregate<?, ?> loaded && get(loaded.identifierAsString()) == loaded;
    }
}
