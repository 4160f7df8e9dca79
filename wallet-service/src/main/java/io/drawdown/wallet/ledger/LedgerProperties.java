package io.drawdown.wallet.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the wallets are kept.
 *
 * @param walletsInMemory states kept for quick draw-downs, about a kilobyte each; wallets beyond that are read anew from
 *     their events when usage arrives
 * @param settleDueEvery how often wallets are looked for in which something has become due, such as an expiry; a wallet that
 *     is touched settles it first in any case
 * @param snapshotEvery so many events of a wallet lie between two of its snapshots, and are the most that are read of one
 *     that is not in memory
 */
@ConfigurationProperties("drawdown.wallet.ledger")
record LedgerProperties(
        @DefaultValue("200000") long walletsInMemory,
        @DefaultValue("1s") Duration settleDueEvery,
        @DefaultValue("1000") int snapshotEvery) {}
