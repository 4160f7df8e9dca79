package io.drawdown.wallet.ledger;

import static java.util.Objects.requireNonNull;

import io.drawdown.wallet.domain.Wallet;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletState;
import java.util.concurrent.Callable;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Axon's repository of wallets, with recorded states in place of Axon's cache of live aggregates.
 *
 * <p>Axon's cache shares one mutable aggregate between units of work and must forget it at every roll-back. Here each unit
 * of work gets a shell of its own around an immutable recorded state, and a new state is kept only after its commit.
 */
final class WalletRepository extends EventSourcingRepository<Wallet> {

    private final EventStore events;
    private final RecordedWallets recorded;

    WalletRepository(EventStore events, RecordedWallets recorded) {
        super(EventSourcingRepository.builder(Wallet.class).eventStore(events));
        this.events = events;
        this.recorded = recorded;
    }

    @Override
    protected EventSourcedAggregate<Wallet> doLoadWithLock(String id, @Nullable Long expectedVersion) {
        var state = recorded.clearDoubt(id) ? caughtUp(id) : recorded.get(id);
        return keepAfterCommit(state == null ? super.doLoadWithLock(id, expectedVersion) : continued(state));
    }

    @Override
    protected EventSourcedAggregate<Wallet> doCreateNewForLock(Callable<Wallet> factory) throws Exception {
        return keepAfterCommit(super.doCreateNewForLock(factory));
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

    private EventSourcedAggregate<Wallet> keepAfterCommit(EventSourcedAggregate<Wallet> aggregate) {
        var unit = CurrentUnitOfWork.get().root();
        unit.afterCommit(
                _ -> recorded.keep(requireNonNull(aggregate.getAggregateRoot()).state()));
        unit.onRollback(_ -> recorded.doubt(aggregate.identifierAsString()));
        return aggregate;
    }
}
