package io.drawdown.wallet.usage;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.UsagePeriod;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.WalletHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads from a wallet's history all that counts in a period: asked for when the last or the largest value is withdrawn. */
final class PeriodSearch {

    private static final int EVENTS_AT_ONCE = 500;

    /** Usage may come before it has occurred, by clocks that differ. */
    private static final Duration EARLIEST = Duration.ofDays(1);

    private final WalletHistory history;
    private final WalletId walletId;
    private final Zone zone;
    private final UsagePeriod period;
    private final Map<UsageName, Measure> counting = new LinkedHashMap<>();

    PeriodSearch(WalletHistory history, WalletState wallet, UsagePeriod period) {
        this.history = history;
        this.walletId = wallet.id();
        this.zone = wallet.zone();
        this.period = period;
    }

    /** Without one usage event. */
    List<Measure> without(UsageName except) {
        long last = history.lastBefore(walletId, zone.startOf(period.month()).minus(EARLIEST));
        var events = history.after(walletId, last, EVENTS_AT_ONCE);
        while (!events.isEmpty()) {
            events.forEach(this::count);
            events = history.after(walletId, events.getLast().header().sequence(), EVENTS_AT_ONCE);
        }
        counting.remove(except);
        return List.copyOf(counting.values());
    }

    private void count(WalletEvent event) {
        if (event instanceof UsageDrawnDown drawn) {
            for (var line : drawn.lines()) {
                if (isIn(line.meterId(), line.priceId(), line.occurredAt())) {
                    counting.put(
                            new UsageName(line.source(), line.id()),
                            new Measure(line.priceId(), line.quantity(), line.occurredAt(), null));
                }
            }
        } else if (event instanceof UsageAdjusted adjusted) {
            count(adjusted);
        }
    }

    private void count(UsageAdjusted adjusted) {
        var adjustment = adjusted.adjustment();
        var name = new UsageName(adjustment.source(), adjustment.id());
        if (isIn(adjustment.meterId(), adjustment.before())) {
            counting.remove(name);
        }
        var after = adjustment.after();
        if (after != null && isIn(adjustment.meterId(), after)) {
            counting.put(name, after);
        }
    }

    private boolean isIn(String meterId, @Nullable Measure measure) {
        return measure != null && isIn(meterId, measure.priceId(), measure.occurredAt());
    }

    private boolean isIn(String meterId, String priceId, Instant occurredAt) {
        return UsagePeriod.of(meterId, priceId, occurredAt, zone).equals(period);
    }
}
