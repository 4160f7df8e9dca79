package io.drawdown.wallet.snapshot;

import static java.util.stream.Collectors.toSet;

import io.drawdown.wallet.domain.WalletState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decides which states are worth a snapshot, and has them written later by another thread.
 *
 * <p>How far two of them are apart counts by how long it takes to read what lies between, by {@link WalletState#length()}.
 */
public final class Snapshots {

    private static final int MOST_WAITING = 1_000;
    private static final int WRITTEN_AT_ONCE = 200;
    private static final int THINNED_TO_EVERY = 10;

    private final BlockingQueue<WalletState> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final SnapshotTable table;
    private final int every;

    /**
     * @param every so many events of a wallet, with little usage each, lie between two of its snapshots
     * @throws IllegalArgumentException if that is not one at least
     */
    public Snapshots(SnapshotTable table, int every) {
        if (every < 1) {
            throw new IllegalArgumentException("A snapshot is made every so many events, not every " + every);
        }
        this.table = table;
        this.every = every;
    }

    /**
     * Has a snapshot made of a recorded state if the events after {@code before}, which is null before the first, have crossed a multiple
     * of so many. Returns at once; a state that finds the queue full is not written, and a later one will be.
     */
    public void offer(@Nullable WalletState before, WalletState recorded) {
        offer(before, recorded, every);
    }

    /** As {@link #offer}, but only for those that stay when older ones are thinned out. */
    public void offerSpaced(@Nullable WalletState before, WalletState recorded) {
        offer(before, recorded, spacing());
    }

    private void offer(@Nullable WalletState before, WalletState recorded, long step) {
        if ((before == null ? 0 : before.length()) / step < recorded.length() / step) {
            var _ = waiting.offer(recorded);
        }
    }

    private long spacing() {
        return (long) every * THINNED_TO_EVERY;
    }

    /** Writes what waits, each lot in a transaction of its own. */
    public void write() {
        var states = new ArrayList<WalletState>(WRITTEN_AT_ONCE);
        while (waiting.drainTo(states, WRITTEN_AT_ONCE) > 0) {
            write(states);
            states.clear();
        }
    }

    private void write(Collection<WalletState> states) {
        var one = new LinkedHashMap<String, WalletState>();
        states.forEach(state -> one.put(state.id() + " " + state.version(), state));
        table.save(one.values());
        table.thinOut(states.stream().map(WalletState::id).collect(toSet()), spacing());
    }
}
