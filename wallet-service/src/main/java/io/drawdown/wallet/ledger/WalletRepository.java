package io.drawdown.wallet.ledger;

import static java.util.Objects.requireNonNull;

import io.drawdown.wallet.domain.Wallet;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.domain.WalletStatus;
import io.drawdown.wallet.snapshot.Snapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.LockAwareAggregate;
import org.jspecify.annotations.Nullable;

/**
 * Axon's repository of wallets, with recorded states in place of Axon's cache of live aggregates.
 *
 * <p>Axon's cache shares one mutable aggregate between units of work and must forget it at every roll-back. Here each unit
 * of work gets a shell of its own around an immutable recorded state, and a new state is kept only after its commit.
 */
final class WalletRepository extends EventSourcingRepository<Wallet> {

    private static final String TOUCHED = "touched-wallets";
    private static final String READ_AHEAD = "wallets-read-ahead";
    private static final String MANAGED = "managed-wallets";

    private final EventStore events;
    private final Replay replay;
    private final RecordedWallets recorded;
    private final DueWallets dueWallets;
    private final Snapshots snapshots;

    WalletRepository(
            EventStore events, Replay replay, RecordedWallets recorded, DueWallets dueWallets, Snapshots snapshots) {
        super(EventSourcingRepository.builder(Wallet.class).eventStore(events));
        this.events = events;
        this.replay = replay;
        this.recorded = recorded;
        this.dueWallets = dueWallets;
        this.snapshots = snapshots;
    }

    @Override
    protected EventSourcedAggregate<Wallet> doLoadWithLock(String id, @Nullable Long expectedVersion) {
        var kept = recorded.clearDoubt(id) || isKeptAsClosed(id) ? null : recorded.get(id);
        var state = kept == null ? readAheadOrNow(id) : kept;
        if (state == null) {
            throw new AggregateNotFoundException(id, "There is no wallet " + id);
        }
        return watched(continued(state), state);
    }

    /**
     * Reads those wallets that are not in memory at once, for this unit of work: one after another, as they are loaded, would cost
     * three queries each.
     *
     * @return those of {@code ids} that exist
     */
    Set<String> readAhead(Collection<String> ids) {
        var existing = new HashSet<String>();
        var unknown = new ArrayList<WalletId>();
        for (var id : ids) {
            if (recorded.get(id) == null) {
                unknown.add(new WalletId(id));
            } else {
                existing.add(id);
            }
        }
        replay.latest(unknown).forEach((id, state) -> {
            readAhead().put(id.value(), state);
            existing.add(id.value());
        });
        return existing;
    }

    private static Map<String, WalletState> readAhead() {
        return CurrentUnitOfWork.get().root().getOrComputeResource(READ_AHEAD, _ -> new HashMap<>());
    }

    private @Nullable WalletState readAheadOrNow(String id) {
        var state = readAhead().remove(id);
        return state == null ? caughtUp(id) : state;
    }

    /** What is parked because of that is guarded by no sequence: another process may have opened it again. */
    private boolean isKeptAsClosed(String id) {
        var kept = recorded.get(id);
        return kept != null && kept.status() == WalletStatus.CLOSED;
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
        var state = known == null ? replay.latest(new WalletId(id)) : known;
        var newer = events.readEvents(id, state == null ? 0 : state.version());
        while (newer.hasNext()) {
            state = WalletState.evolve(state, (WalletEvent) newer.next().getPayload());
        }
        if (state != null && !CurrentUnitOfWork.isStarted()) {
            recorded.keep(state);
        }
        return state;
    }

    /**
     * The kept state, else the one that was read ahead or is recorded, which is kept then: only before the unit of work has
     * staged anything on this wallet. Compared with the store when the unit is rolled back and runs again.
     */
    @Nullable
    WalletState known(String id) {
        CurrentUnitOfWork.get().root().onRollback(_ -> recorded.doubt(id));
        var kept = recorded.clearDoubt(id) ? null : recorded.get(id);
        if (kept != null) {
            return kept;
        }
        // Also for the unit of work: the cache forgets at once what was asked for least, when it is full.
        var state = readAhead().computeIfAbsent(id, this::caughtUp);
        if (state != null) {
            recorded.keep(state);
        }
        return state;
    }

    @Override
    protected Map<String, LockAwareAggregate<Wallet, EventSourcedAggregate<Wallet>>> managedAggregates(
            UnitOfWork<?> unit) {
        return unit.root().getOrComputeResource(MANAGED, _ -> new ManagedWallets());
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

    private EventSourcedAggregate<Wallet> watched(EventSourcedAggregate<Wallet> wallet, @Nullable WalletState before) {
        var unit = CurrentUnitOfWork.get().root();
        unit.<List<Touched>>getOrComputeResource(TOUCHED, _ -> touchedIn(unit)).add(new Touched(wallet, before));
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
        unit.afterCommit(_ -> touched.forEach(this::keep));
        return touched;
    }

    private void keep(Touched touched) {
        var state = stateOf(touched.wallet);
        recorded.keep(state);
        snapshots.offer(touched.before, state);
    }

    private static WalletState stateOf(EventSourcedAggregate<Wallet> wallet) {
        return requireNonNull(wallet.getAggregateRoot()).state();
    }

    /** A wallet in a unit of work, and its state when that began; null of one that is new. */
    private record Touched(
            EventSourcedAggregate<Wallet> wallet, @Nullable WalletState before) {

        private boolean hasSomethingDueSooner() {
            var due = stateOf(wallet).nextDueAt();
            var dueBefore = before == null ? null : before.nextDueAt();
            return due != null && (dueBefore == null || hasPassed(dueBefore) || due.isBefore(dueBefore));
        }

        /** Then it says nothing: a sweep that found nothing to do has deleted its row, although the wallet is the same. */
        private boolean hasPassed(Instant instant) {
            return !instant.isAfter(stateOf(wallet).recordedAt());
        }
    }
}
