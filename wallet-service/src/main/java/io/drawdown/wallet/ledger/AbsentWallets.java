package io.drawdown.wallet.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Ids for which the store had no wallet when it was asked last, so that asking for them again and again costs it nothing.
 *
 * <p>Forgets all of them whenever this process has opened a wallet; what another one opens shows when the answer is too old.
 */
final class AbsentWallets {

    private static final int REMEMBERED_MAX = 100_000;

    private final Cache<String, Absence> absences =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();
    private final AtomicLong openings = new AtomicLong();

    /** To be called once the opening is committed, and before it is acknowledged. */
    void opened() {
        openings.incrementAndGet();
    }

    /**
     * What {@code store} answers, or nothing if that was its answer at most {@code maxAge} ago.
     *
     * @param id of a wallet that is not in memory
     */
    <T> Optional<T> orAsk(String id, Duration maxAge, Supplier<Optional<T>> store) {
        // Taken before the store is asked: a wallet that is opened in the meantime makes the answer void.
        var now = new Absence(openings.get(), System.nanoTime());
        var last = absences.getIfPresent(id);
        if (last != null && last.openings == now.openings && now.askedAt - last.askedAt <= maxAge.toNanos()) {
            return Optional.empty();
        }
        var found = store.get();
        if (found.isEmpty()) {
            absences.put(id, now);
        }
        return found;
    }

    /**
     * @param openings how many wallets this process had opened
     * @param askedAt when the store was asked, by {@link System#nanoTime}
     */
    private record Absence(long openings, long askedAt) {}
}
