package io.drawdown.wallet.ledger;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.snapshot.SnapshotTable;
import io.drawdown.wallet.snapshot.Snapshots;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds what the event store holds of a wallet, from its best snapshot on. A long history that has no snapshots yet leaves
 * some behind, so that the next reader is quick.
 */
public final class Replay {

    private static final int EVENTS_AT_ONCE = 200;
    private static final int WALLETS_AT_ONCE = 100;
    private static final Instant END_OF_TIME = Instant.MAX;

    private final WalletHistory history;
    private final SnapshotTable table;
    private final Snapshots snapshots;

    Replay(WalletHistory history, SnapshotTable table, Snapshots snapshots) {
        this.history = history;
        this.table = table;
        this.snapshots = snapshots;
    }

    /** The state after all events that are committed; null if there are none. */
    @Nullable
    WalletState latest(WalletId id) {
        var begin = table.latest(id).orElse(null);
        var end = fold(id, begin, END_OF_TIME, (_, _) -> {});
        if (end != null) {
            snapshots.offer(begin, end);
        }
        return end;
    }

    /** As {@link #latest(WalletId)} for many wallets, with few queries; those that do not exist are left out. */
    Map<WalletId, WalletState> latest(Collection<WalletId> ids) {
        var states = new HashMap<WalletId, WalletState>();
        var all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += WALLETS_AT_ONCE) {
            read(all.subList(from, Math.min(all.size(), from + WALLETS_AT_ONCE)), states);
        }
        return states;
    }

    private void read(Collection<WalletId> ids, Map<WalletId, WalletState> states) {
        var begun = table.latest(ids).stream().collect(toMap(WalletState::id, identity()));
        states.putAll(begun);
        var versions = new HashMap<WalletId, Long>();
        ids.forEach(id -> versions.put(id, version(begun.get(id))));
        history.after(
                versions, event -> states.compute(event.header().walletId(), (_, state) -> evolved(state, event)));
        ids.forEach(id -> {
            var state = states.get(id);
            if (state != null) {
                snapshots.offer(begun.get(id), state);
            }
        });
    }

    /** Leaves snapshots behind on the way, too: reading that takes too long for a transaction gets further when it begins again. */
    private WalletState evolved(@Nullable WalletState state, WalletEvent event) {
        var after = WalletState.evolve(state, event);
        snapshots.offerSpaced(state, after);
        return after;
    }

    private static long version(@Nullable WalletState state) {
        return state == null ? 0 : state.version();
    }

    /**
     * The wallet as it was at {@code instant}, to the millisecond and inclusive, with what was due by then settled; absent if it
     * was not open yet.
     */
    public Optional<WalletState> asOf(WalletId id, Instant instant) {
        return Optional.ofNullable(between(id, instant, instant, (_, _) -> {})).map(Stretch::end);
    }

    /**
     * Goes through what happened to a wallet from {@code from} to {@code until}, both inclusive and to the millisecond: what is
     * recorded, and then what was due by that instant and is not recorded yet. One reading, so that what is recorded meanwhile is
     * in both ends or in none.
     *
     * @param visitor is given each event with the state after it
     * @return null if the wallet was not open yet at the end
     */
    public @Nullable Stretch between(
            WalletId id, Instant from, Instant until, BiConsumer<WalletEvent, WalletState> visitor) {
        var before = from.minusMillis(1);
        var snapshot = table.latest(id, before).orElse(null);
        var begin = new AtomicReference<@Nullable WalletState>(snapshot);
        BiConsumer<WalletEvent, WalletState> within = (event, after) -> {
            if (!after.recordedAt().isBefore(from)) {
                visitor.accept(event, after);
            }
        };
        var state = fold(id, snapshot, until, (event, after) -> {
            if (after.recordedAt().isBefore(from)) {
                begin.set(after);
            }
            within.accept(event, after);
        });
        if (state == null) {
            return null;
        }
        var due = state.dueBy(until);
        due.forEach(step -> within.accept(step.event(), step.after()));
        var known = begin.get();
        return new Stretch(known == null ? null : known.dueBy(before).after(), due.after());
    }

    /**
     * A stretch of a wallet's time.
     *
     * @param before the state when it began, with what was due by then settled; null if the wallet was not open yet
     * @param end the state at its end
     */
    public record Stretch(@Nullable WalletState before, WalletState end) {}

    private @Nullable WalletState fold(
            WalletId id, @Nullable WalletState begin, Instant until, BiConsumer<WalletEvent, WalletState> visitor) {
        var state = begin;
        while (true) {
            var portion = history.next(id, state == null ? -1 : state.version() - 1, EVENTS_AT_ONCE);
            for (var event : portion.events()) {
                var after = evolved(state, event);
                if (after.recordedAt().isAfter(until)) {
                    return state;
                }
                visitor.accept(event, after);
                state = after;
            }
            if (!portion.more()) {
                return state;
            }
        }
    }
}
