package io.drawdown.wallet.ledger;

import static java.util.Objects.requireNonNull;

import io.drawdown.wallet.domain.Wallet;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Axon's repository of wallets, with recorded states in place of Axon's cache of live aggregates.
 *
 * <p>Axon's cache shares one mutable aggregate between units of work and must forget it at every roll-back. Here each unit
 * of work gets a shell of its own around an immutable recorded state, and a new state is kept only after its commit.
 */
final class WalletRepository extends EventSourcingRepository<Wallet> {

    private static final String TOUCHED = "touched-wallets";

    private final EventStore events;
    private final RecordedWallets recorded;
    private final DueWallets dueWallets;

    WalletRepository(EventStore events, RecordedWallets recorded, DueWallets dueWallets) {
        super(EventSourcingRepository.builder(Wallet.class).eventStore(events));
        this.events = events;
        this.recorded = recorded;
        this.dueWallets = dueWallets;
    }

    @Override
    protected EventSourcedAggregate<Wallet> doLoadWithLock(String id, @Nullable Long expectedVersion) {
        var state = recorded.clearDoubt(id) ? caughtUp(id) : recorded.get(id);
        var wallet = state == null ? super.doLoadWithLock(id, expectedVersion) : continued(state);
        return watched(wallet, stateOf(wallet).nextDueAt());
    }

    @Override
    protected EventSourcedAggregate<Wallet> doCreateNewForLock(Callable<Wallet> factory) throws Exception {
        return watched(super.doCreateNewForLock(factory), null);
    }

    /**
     * The state that the event store holds now, other processes' events included; null if there is no such wallet.
     *
     * <p>Within a unit of work that includes what the unit has staged, which may yet be rolled back: it is not kept.
     */
    @Nullable
    WalletState caughtUp(String id) {
        var known = recorded.get(id);
        var newer = events.readEvents(id, known == null ? 0 : known.version());
        var state = known;
        while (newer.hasNext()) {
            state = WalletState.evolve(state, (WalletEvent) newer.next().getPayload());
        }
        if (state != null && !CurrentUnitOfWork.isStarted()) {
            recorded.keep(state);
        }
        return state;
    }

    private EventSourcedAggregate<Wallet> continued(WalletState state) {
        return EventSourcedAggregate.reconstruct(
                new Wallet(state),
                aggregateModel(),
                state.version() - 1,
                false,
                events,
                NoSnapshotTriggerDefinition.TRIGGER);
    }

    private EventSourcedAggregate<Wallet> watched(EventSourcedAggregate<Wallet> wallet, @Nullable Instant dueBefore) {
        var unit = CurrentUnitOfWork.get().root();
        unit.<List<Touched>>getOrComputeResource(TOUCHED, _ -> touchedIn(unit)).add(new Touched(wallet, dueBefore));
        unit.onRollback(_ -> recorded.doubt(wallet.identifierAsString()));
        return wallet;
    }

    /** Those of the whole unit; what they come to is noted and kept once for all. */
    private List<Touched> touchedIn(UnitOfWork<?> unit) {
        var touched = new ArrayList<Touched>();
        unit.onPrepareCommit(_ -> dueWallets.add(touched.stream()
                .filter(Touched::hasSomethingDueSooner)
                .map(each -> stateOf(each.wallet))
                .toList()));
        unit.afterCommit(_ -> touched.forEach(each -> recorded.keep(stateOf(each.wallet))));
        return touched;
    }

    private static WalletState stateOf(EventSourcedAggregate<Wallet> wallet) {
        return requireNonNull(wallet.getAggregateRoot()).state();
    }

    /** A wallet in a unit of work, and when it had something due before. */
    private record Touched(
            EventSourcedAggregate<Wallet> wallet, @Nullable Instant dueBefore) {

        private boolean hasSomethingDueSooner() {
            var due = stateOf(wallet).nextDueAt();
            return due != null && (dueBefore == null || due.isBefore(dueBefore));
        }
    }
}
