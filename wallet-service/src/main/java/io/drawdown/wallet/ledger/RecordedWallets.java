package io.drawdown.wallet.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.drawdown.wallet.domain.WalletState;
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

    private final Cache<String, WalletState> states;
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

    RecordedWallets(long maximum) {
        states = Caffeine.newBuilder().maximumSize(maximum).recordStats().build();
    }

    @Nullable
    WalletState get(String id) {
        return states.getIfPresent(id);
    }

    /** Keeps a state that has been recorded, unless a later one is kept already. */
    void keep(WalletState state) {
        states.asMap()
                .merge(
                        state.id().value(),
                        state,
                        (kept, offered) -> offered.version() > kept.version() ? offered : kept);
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

    Cache<String, WalletState> cache() {
        return states;
    }
}
