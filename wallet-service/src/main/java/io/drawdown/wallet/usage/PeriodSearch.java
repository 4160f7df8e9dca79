package io.drawdown.wallet.usage;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.UsageAdjustment;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.UsagePeriod;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.snapshot.SnapshotTable;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a wallet's history all that counts in a period: asked for when the last or the largest value is withdrawn. A
 * page at a time: however much was used, what is kept is which usage was corrected.
 */
final class PeriodSearch {

    /** Each may have a thousand lines. */
    private static final int EVENTS_AT_ONCE = 100;

    /** Usage may come before it has occurred, by clocks that differ. */
    private static final Duration EARLIEST = Duration.ofDays(1);

    private final WalletHistory history;
    private final SnapshotTable snapshots;
    private final WalletState wallet;
    private final Zone zone;
    private final UsagePeriod period;
    private final long eventsMax;

    /** @param eventsMax most events of the wallet that are read, by {@link WalletState#length()}: the wallet, and its partition, wait meanwhile */
    PeriodSearch(
            WalletHistory history, SnapshotTable snapshots, WalletState wallet, UsagePeriod period, long eventsMax) {
        this.history = history;
        this.snapshots = snapshots;
        this.wallet = wallet;
        this.zone = wallet.zone();
        this.period = period;
        this.eventsMax = eventsMax;
    }

    /**
     * Without one usage event, in the order in which it came; read as the stream is.
     *
     * @throws NotYetCorrectable if that is more than is read
     */
    Stream<Measure> without(UsageName except) {
        var begin = zone.startOf(period.month()).minus(EARLIEST);
        long length = lengthFrom(begin);
        if (length > eventsMax) {
            throw new NotYetCorrectable(
                    Reason.PERIOD_TOO_LONG,
                    "What else was used in " + period.month() + " stands in " + length
                            + " events (sixteen usage events count as one more), of which at most " + eventsMax
                            + " are read for one correction: settle this one by"
                            + " hand, or raise drawdown.wallet.usage.period-events-max");
        }
        long last = history.lastBefore(wallet.id(), begin);
        var corrected = corrected(last);
        return pages(last)
                .flatMap(List::stream)
                .flatMap(event -> counting(event, corrected))
                .filter(used -> !used.name.equals(except))
                .map(Used::measure);
    }

    /** Of what is recorded from an instant on; rather too long, by what lies between two snapshots. */
    private long lengthFrom(Instant begin) {
        return wallet.length()
                - snapshots.latest(wallet.id(), begin).map(WalletState::length).orElse(0L);
    }

    private Stream<List<WalletEvent>> pages(long last) {
        return Stream.iterate(
                history.after(wallet.id(), last, EVENTS_AT_ONCE),
                page -> !page.isEmpty(),
                page -> history.after(wallet.id(), page.getLast().header().sequence(), EVENTS_AT_ONCE));
    }

    /** The sequence of the last correction of each usage event that has one: it says all that counts from then on. */
    private Map<UsageName, Long> corrected(long last) {
        var sequences = new HashMap<UsageName, Long>();
        for (var adjusted : history.adjustmentsAfter(
                wallet.id(), last, adjusted -> adjusted.adjustment().correction() != null)) {
            sequences.put(name(adjusted.adjustment()), adjusted.header().sequence());
        }
        return sequences;
    }

    private Stream<Used> counting(WalletEvent event, Map<UsageName, Long> corrected) {
        return switch (event) {
            case UsageDrawnDown drawn ->
                drawn.lines().stream()
                        .map(PeriodSearch::used)
                        .filter(used -> isIn(used) && !corrected.containsKey(used.name));
            case UsageAdjusted adjusted ->
                Stream.ofNullable(used(adjusted))
                        .filter(used -> isIn(used) && isLast(adjusted, corrected.get(used.name)));
            default -> Stream.empty();
        };
    }

    /** What no correction has touched, such as a value of a gauge that fell, is an adjustment once. */
    private static boolean isLast(UsageAdjusted adjusted, @Nullable Long correctedAt) {
        return correctedAt == null || correctedAt == adjusted.header().sequence();
    }

    private static Used used(UsageLine line) {
        return new Used(
                new UsageName(line.source(), line.id()),
                line.meterId(),
                new Measure(line.priceId(), line.quantity(), line.occurredAt(), null));
    }

    private static @Nullable Used used(UsageAdjusted adjusted) {
        var adjustment = adjusted.adjustment();
        var after = adjustment.after();
        return after == null ? null : new Used(name(adjustment), adjustment.meterId(), after);
    }

    private static UsageName name(UsageAdjustment adjustment) {
        return new UsageName(adjustment.source(), adjustment.id());
    }

    private boolean isIn(Used used) {
        return UsagePeriod.of(used.meterId, used.measure.priceId(), used.measure.occurredAt(), zone)
                .equals(period);
    }

    private record Used(UsageName name, String meterId, Measure measure) {}
}
