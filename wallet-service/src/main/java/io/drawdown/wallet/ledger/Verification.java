package io.drawdown.wallet.ledger;

import static java.util.Objects.requireNonNull;

import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.snapshot.SnapshotTable;
import io.drawdown.wallet.snapshot.StateForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Replays the log of every wallet from its first event and compares it, byte for byte, with what this process has in memory and
 * with every snapshot. Changes nothing, and holds one wallet's states at a time.
 */
@Component
public final class Verification {

    private static final int WALLETS_AT_ONCE = 500;
    private static final int EVENTS_AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final WalletHistory history;
    private final RecordedWallets recorded;
    private final SnapshotTable snapshots;

    Verification(JdbcClient jdbc, WalletHistory history, RecordedWallets recorded, SnapshotTable snapshots) {
        this.jdbc = jdbc;
        this.history = history;
        this.recorded = recorded;
        this.snapshots = snapshots;
    }

    /** What is told while it goes on. */
    public sealed interface Finding {}

    /** So many wallets have been gone through. */
    public record Progress(long wallets, long events) implements Finding {}

    /**
     * Something is not what the log says.
     *
     * @param what {@code memory}, {@code snapshot} or {@code history}
     * @param version after how many events
     */
    public record Difference(WalletId walletId, String what, long version, String detail) implements Finding {}

    /** All wallets have been gone through. */
    public record End(long wallets, long events, long differences) implements Finding {}

    /**
     * Goes through all wallets.
     *
     * @param unwanted asked between wallets; the rest is left out when it says so
     */
    public void run(Consumer<Finding> listener, BooleanSupplier unwanted) {
        var run = new Run(listener);
        var page = ids("", WALLETS_AT_ONCE);
        while (!page.isEmpty() && !unwanted.getAsBoolean()) {
            page.forEach(id -> run.verify(new WalletId(id)));
            listener.accept(new Progress(run.wallets, run.events));
            page = ids(page.getLast(), WALLETS_AT_ONCE);
        }
        listener.accept(new End(run.wallets, run.events, run.differences));
    }

    private List<String> ids(String after, int limit) {
        return jdbc.sql("select aggregate_identifier from wallet_event where sequence_number = 0"
                        + " and aggregate_identifier > ? order by aggregate_identifier limit ?")
                .params(after, limit)
                .query((row, _) -> requireNonNull(row.getString(1)))
                .list();
    }

    /** What the log must say after so many events. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by its content.
    private record Claim(String what, long version, byte[] state) {}

    /** What is claimed of a wallet as it begins to be verified, in the order of the versions; of the snapshots one at a time. */
    private final class Claims {

        private final WalletId id;
        private final long newestSnapshot;
        private @Nullable Claim memory;
        private @Nullable Claim snapshot;

        private Claims(WalletId id) {
            this.id = id;
            this.newestSnapshot = snapshots.newestVersion(id);
            this.memory = inMemory();
            this.snapshot = snapshotAfter(0);
        }

        private @Nullable Claim inMemory() {
            var state = recorded.get(id.value());
            return state == null ? null : new Claim("memory", state.version(), StateForm.write(state));
        }

        /** Later ones than were there in the beginning may be of events that were not. */
        private @Nullable Claim snapshotAfter(long version) {
            return snapshots
                    .after(id, version)
                    .filter(stored -> stored.version() <= newestSnapshot)
                    .map(stored -> new Claim("snapshot", stored.version(), stored.state()))
                    .orElse(null);
        }

        /** Those after so many events, once; to be asked for each number in turn. */
        private List<Claim> take(long version) {
            var taken = new ArrayList<Claim>();
            if (memory != null && memory.version == version) {
                taken.add(memory);
                memory = null;
            }
            if (snapshot != null && snapshot.version == version) {
                taken.add(snapshot);
                snapshot = snapshotAfter(version);
            }
            return taken;
        }

        /** Those that nobody has taken. */
        private void takeRest(Consumer<Claim> taker) {
            if (memory != null) {
                taker.accept(memory);
            }
            for (var next = snapshot; next != null; next = snapshotAfter(next.version)) {
                taker.accept(next);
            }
        }
    }

    /** The count of one run. */
    private final class Run {

        private final Consumer<Finding> listener;
        private long wallets;
        private long events;
        private long differences;

        private Run(Consumer<Finding> listener) {
            this.listener = listener;
        }

        private void verify(WalletId id) {
            wallets++;
            try {
                var claims = new Claims(id);
                replay(id, state -> claims.take(state.version()).forEach(claim -> compare(claim, state)));
                claims.takeRest(
                        claim -> differs(id, claim.what, claim.version, "the log does not have so many events"));
            } catch (RuntimeException e) {
                differs(id, "history", 0, "it cannot be replayed: " + e.getMessage());
            }
        }

        private void replay(WalletId id, Consumer<WalletState> visitor) {
            WalletState state = null;
            var page = history.after(id, -1, EVENTS_AT_ONCE);
            while (!page.isEmpty()) {
                for (var event : page) {
                    state = WalletState.evolve(state, event);
                    visitor.accept(state);
                }
                events += page.size();
                page = history.after(id, page.getLast().header().sequence(), EVENTS_AT_ONCE);
            }
        }

        private void compare(Claim claim, WalletState replayed) {
            if (!Arrays.equals(claim.state, StateForm.write(replayed))) {
                differs(replayed.id(), claim.what, claim.version, "the log says " + replayed);
            }
        }

        private void differs(WalletId id, String what, long version, String detail) {
            differences++;
            listener.accept(new Difference(id, what, version, detail));
        }
    }
}
