package io.drawdown.billing.arrears;

import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.billing.work.WorkLoop;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.wire.view.CompactedTopicView;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes usage over from wallets: each of their events once. */
@Component
public class ArrearsIntake {

    /** Different values arrive as ones and zeros: Stripe adds them up. */
    private static final Set<Aggregation> SUMS = Set.of(Aggregation.SUM, Aggregation.UNIQUE_COUNT);

    private final MeterEvents events;
    private final CompactedTopicView<Meter> catalogMeters;
    private final WorkLoop meterEventLoop;
    private final SyncProperties properties;
    private final Clock clock;

    ArrearsIntake(
            MeterEvents events,
            CompactedTopicView<Meter> catalogMeters,
            WorkLoop meterEventLoop,
            SyncProperties properties,
            Clock clock) {
        this.events = events;
        this.catalogMeters = catalogMeters;
        this.meterEventLoop = meterEventLoop;
        this.properties = properties;
        this.clock = clock;
    }

    /** Stores what the event leaves; an event of the wallet that is not later than the last one changes nothing. */
    @Transactional
    public void take(UsageLeftToArrears left) {
        if (events.moveOn(left.getWalletId(), left.getSequence())) {
            add(left.getAccountId(), LeftLine.of(left, this::mayBeSummed));
        }
    }

    /** Stores what the correction changes, each event of the wallet once as above. */
    @Transactional
    public void take(ArrearsAdjusted adjusted) {
        if (events.moveOn(adjusted.getWalletId(), adjusted.getSequence())) {
            events.withdraw(LeftLine.causeBefore(adjusted), clock.instant())
                    .ifPresentOrElse(withdrawn -> replace(withdrawn, adjusted), () -> addDifference(adjusted));
        }
    }

    private void replace(long withdrawn, ArrearsAdjusted adjusted) {
        var after = adjusted.getAfter();
        if (after != null) {
            var now = clock.instant();
            events.add(adjusted.getAccountId(), LeftLine.after(adjusted, after), now, now, withdrawn);
        }
        meterEventLoop.wake();
    }

    /** Of usage that was added up, or is no longer known: then none is added before its like is taken back. */
    private void addDifference(ArrearsAdjusted adjusted) {
        if (mayBeSummed(adjusted.getMeterId())) {
            add(adjusted.getAccountId(), LeftLine.difference(adjusted, true));
            return;
        }
        var now = clock.instant();
        @Nullable Long before = null;
        for (var line : LeftLine.difference(adjusted, false)) {
            before = events.add(adjusted.getAccountId(), line, now, now, before);
        }
        meterEventLoop.wake();
    }

    private void add(String accountId, List<LeftLine> lines) {
        var now = clock.instant();
        lines.forEach(line -> events.add(accountId, line, now, now.plus(properties.meterCollect()), null));
        meterEventLoop.wake();
    }

    /** A meter that is not known here yet is treated with care: one meter event each is right for every formula. */
    private boolean mayBeSummed(String meterId) {
        var meter = catalogMeters.get(meterId);
        return meter != null && SUMS.contains(meter.getAggregation());
    }
}
