package io.drawdown.wallet.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the wallets are kept.
 *
 * @param walletsInMemory states kept for quick draw-downs; wallets beyond that are read anew from their events when usage
 *     arrives. When absent, one for every ten kilobytes of the largest heap, of which they then take about a third
 * @param settleDueEvery how often wallets are looked for in which something has become due, such as an expiry; a wallet that
 *     is touched settles it first in any case
 * @param snapshotEvery so many events of a wallet lie between two of its snapshots, and are the most that are read of one
 *     that is not in memory; sixteen usage events in them count as one more
 * @param requestsAtOnce requests that may change wallets at the same time, each with a database connection: below the pool's
 *     size, of which usage, the relay and the sweep need some
 * @param requestWait how long a request waits for those about its account before it, and as long again for one of the places,
 *     before it is answered 503
 */
@ConfigurationProperties("drawdown.wallet.ledger")
record LedgerProperties(
        @Nullable Long walletsInMemory,
        @DefaultValue("1s") Duration settleDueEvery,
        @DefaultValue("200") int snapshotEvery,
        @DefaultValue("10") int requestsAtOnce,
        @DefaultValue("10s") Duration requestWait) {

    private static final long HEAP_BYTES_PER_WALLET = 10_000;

    /** @param heapBytes the largest that the heap may become */
    long walletsKept(long heapBytes) {
        return walletsInMemory == null ? heapBytes / HEAP_BYTES_PER_WALLET : walletsInMemory;
    }
}
