package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.DrawnUsage;
import io.drawdown.wallet.domain.GrantTerms;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.UsagePeriod;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.snapshot.SnapshotTable;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Usage that wallets have drawn down, as it counts now. */
@Component
class DrawnUsages {

    private final WalletHistory history;
    private final SnapshotTable snapshots;
    private final UsageMentions mentions;
    private final UsageProperties properties;

    DrawnUsages(WalletHistory history, SnapshotTable snapshots, UsageMentions mentions, UsageProperties properties) {
        this.history = history;
        this.snapshots = snapshots;
        this.mentions = mentions;
        this.properties = properties;
    }

    /** The usage that an event has taken out, or brought as an adjustment. */
    DrawnUsage of(WalletEvent event, UsageName name) {
        var header = event.header();
        var terms = history.terms(header.walletId());
        var usage = drawn(event, name, terms);
        for (var adjusted : mentions.adjustments(header.walletId(), header.sequence() + 1, name)) {
            usage = usage.after(adjusted, terms.lots(adjusted.allocations()));
        }
        return usage;
    }

    private static DrawnUsage drawn(WalletEvent event, UsageName name, GrantTerms terms) {
        return event instanceof UsageDrawnDown drawn
                ? DrawnUsage.in(drawn, name.source(), name.id(), terms.lots(drawn.allocations()))
                        .orElseThrow()
                : DrawnUsage.in((UsageAdjusted) event);
    }

    /**
     * What counts in a period besides one usage event, in the order in which it came.
     *
     * @throws NotYetCorrectable if that is more than is read
     */
    Stream<Measure> others(WalletState wallet, UsagePeriod period, UsageName except) {
        return new PeriodSearch(history, snapshots, wallet, period, properties.periodEventsMax()).without(except);
    }
}
