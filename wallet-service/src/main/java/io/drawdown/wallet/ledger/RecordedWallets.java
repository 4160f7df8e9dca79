package io.drawdown.wallet.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.drawdown.wallet.domain.WalletState;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Wallet states that are in the event store, kept in memory so that a draw-down need not read a history.
 *
 * <p>A state may be older than the store when another process has written since; it is never newer. Holds at most a given
 * number of wallets, those used last.
 */
final class RecordedWallets {

    private final Cache<String, Kept> states;
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

    RecordedWallets(long maximum) {
        states = Caffeine.newBuilder().maximumSize(maximum).recordStats().build();
    }

    @Nullable
    WalletState get(String id) {
        var kept = states.getIfPresent(id);
        return kept == null ? null : kept.state;
    }

    /** As {@link #get}, if the store has held no later state until at most so long ago. */
    @Nullable
    WalletState get(String id, Duration maxAge) {
        var kept = states.getIfPresent(id);
        return kept == null || System.nanoTime() - kept.latestAt > maxAge.toNanos() ? null : kept.state;
    }

    /** Keeps a state that is the store's latest now, unless a later one is kept already. */
    void keep(WalletState state) {
        var latest = new Kept(state, System.nanoTime());
        states.asMap()
                .merge(
                        state.id().value(),
                        latest,
                        (kept, offered) -> offered.state.version() >= kept.state.version() ? offered : kept);
    }

    /** A transaction on this wallet was rolled back: perhaps because what is kept is out of date. */
    void doubt(String id) {
        if (states.getIfPresent(id) != null) {
            doubtful.add(id);
        }
    }

    /** Whether what is kept must be compared with the store; asked once. */
    boolean clearDoubt(String id) {
        return !doubtful.isEmpty() && doubtful.remove(id);
    }

    Cache<String, ?> cache() {
        return states;
    }

    /** @param latestAt when the store was known to hold no later state, by {@link System#nanoTime} */
    private record Kept(WalletState state, long latestAt) {}
}
