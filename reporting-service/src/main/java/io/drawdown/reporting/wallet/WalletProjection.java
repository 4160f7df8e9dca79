package io.drawdown.reporting.wallet;

import io.drawdown.events.Topic;
import io.drawdown.reporting.projection.ProjectionStore;
import io.drawdown.reporting.projection.TopicProjection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the wallets, what was drawn down by day, and the newest entries of the ledger.
 *
 * <p>A batch becomes a handful of statements whatever its size: the wallets are read, the events are added up in memory,
 * and the sums are written.
 */
@Component
class WalletProjection extends TopicProjection<SpecificRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(WalletProjection.class);

    private final WalletTable wallets;
    private final UsageTable usage;
    private final ActivityTable activity;

    WalletProjection(ProjectionStore store, WalletTable wallets, UsageTable usage, ActivityTable activity) {
        super(Topic.WALLET_EVENTS, store);
        this.wallets = wallets;
        this.usage = usage;
        this.activity = activity;
    }

    @Override
    protected void apply(List<SpecificRecord> events) {
        var entries = events.stream().map(Entry::of).toList();
        var batch = new WalletBatch(
                wallets.lock(entries.stream().map(Entry::walletId).collect(Collectors.toSet())));
        entries.forEach(batch::add);
        wallets.store(batch.wallets());
        usage.add(batch.usage());
        activity.remember(batch);
        batch.missing().forEach(entry -> report(entry, batch.wallet(entry.walletId())));
    }

    private static void report(Entry entry, WalletState wallet) {
        LOG.error(
                "Wallet {} is incomplete: event {} came, {} is missing. Its reports stand still until that has come; look"
                        + " for it among the dead letters of {}, or make the projections again",
                entry.walletId(),
                entry.sequence(),
                wallet.sequence + 1,
                Topic.Name.WALLET_EVENTS);
    }
}
