package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A usage event that a wallet has drawn down, as it counts now.
 *
 * @param counts absent when it is void
 * @param burned what it has burned by itself; nothing where its cost depends on other usage
 */
public record DrawnUsage(
        String source, String id, String meterId, @Nullable Measure counts, Burned burned) {

    /**
     * The usage as it was drawn down.
     *
     * @param lots the grants that gave, each with what it gave as its remainder, in the order of the allocations
     * @return empty when the event does not have it
     */
    public static Optional<DrawnUsage> in(UsageDrawnDown drawn, String source, String id, List<Grant> lots) {
        var shares = Burned.shares(drawn.lines(), lots);
        for (int i = 0; i < shares.size(); i++) {
            var line = drawn.lines().get(i);
            if (line.id().equals(id) && line.source().equals(source)) {
                return Optional.of(of(line, shares.get(i)));
            }
        }
        return Optional.empty();
    }

    private static DrawnUsage of(UsageLine line, Burned share) {
        var byTotal = line.runningTotal() != null;
        var measure = new Measure(line.priceId(), line.quantity(), line.occurredAt(), byTotal ? null : line.amount());
        var zero = Money.zero(line.amount().currency());
        return new DrawnUsage(
                line.source(), line.id(), line.meterId(), measure, byTotal ? Burned.nothing(zero) : share);
    }

    /** Usage that was an adjustment from the beginning, because it made other usage cheaper. */
    public static DrawnUsage in(UsageAdjusted adjusted) {
        var adjustment = adjusted.adjustment();
        return new DrawnUsage(
                adjustment.source(),
                adjustment.id(),
                adjustment.meterId(),
                adjustment.after(),
                Burned.nothing(Money.zero(adjusted.amount().currency())));
    }

    /**
     * As it counts after an adjustment.
     *
     * @param lots the grants that gave more, each with what it gave as its remainder
     */
    public DrawnUsage after(UsageAdjusted adjusted, List<Grant> lots) {
        var adjustment = adjusted.adjustment();
        var left = costsByItself(adjustment.before()) ? burned.minus(adjusted.comeback()) : burned;
        var now = costsByItself(adjustment.after()) ? left.plus(adjusted.burned(lots)) : left;
        return new DrawnUsage(source, id, meterId, adjustment.after(), now);
    }

    /** Whether its cost does not depend on other usage. */
    public boolean costsByItself() {
        return costsByItself(counts);
    }

    private static boolean costsByItself(@Nullable Measure measure) {
        return measure != null && measure.amount() != null;
    }
}
