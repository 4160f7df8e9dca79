package io.drawdown.wallet.authorization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import java.time.Instant;

/**
 * Wallets with what is due settled, until somebody records that. What ends in one instant may be thousands of holds, which each
 * question would settle again.
 */
final class SettledStates {

    private static final long MOST = 1_000;

    private final Cache<WalletId, Settled> settled =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** The wallet as it is by {@code now}, whether somebody has recorded what is due or not. */
    WalletState by(WalletState recorded, Instant now) {
        var known = settled.getIfPresent(recorded.id());
        var begin = known == null || known.version != recorded.version() ? recorded : known.state;
        var due = begin.dueBy(now);
        if (!due.events().isEmpty()) {
            settled.put(recorded.id(), new Settled(recorded.version(), due.after()));
        }
        return due.after();
    }

    /** @param version of the recorded state that this comes from */
    private record Settled(long version, WalletState state) {}
}
