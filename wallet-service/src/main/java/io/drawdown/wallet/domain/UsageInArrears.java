package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.domain.WalletEvent.ArrearsAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A usage event that a wallet has left to Stripe's meters, as it counts now.
 *
 * @param counts absent when it is void
 * @param place which event has said so
 */
public record UsageInArrears(
        String source, String id, String meterId, @Nullable Measure counts, Place place) {

    /** How much was used, and when; Stripe rates it. */
    public record Measure(BigDecimal quantity, Instant occurredAt) {

        private boolean isSameAs(Measure other) {
            return quantity.compareTo(other.quantity) == 0 && occurredAt.equals(other.occurredAt);
        }
    }

    /**
     * Where usage stands in a wallet's history.
     *
     * @param line its place among the event's lines, from 0; 0 where the event is an adjustment
     */
    public record Place(long sequence, int line) {}

    /** The usage as it was left; empty when the event does not have it. */
    public static Optional<UsageInArrears> in(UsageLeftToArrears left, String source, String id) {
        for (int i = 0; i < left.lines().size(); i++) {
            var line = left.lines().get(i);
            if (line.id().equals(id) && line.source().equals(source)) {
                var counts = new Measure(line.quantity(), line.occurredAt());
                var place = new Place(left.header().sequence(), i);
                return Optional.of(new UsageInArrears(source, id, line.meterId(), counts, place));
            }
        }
        return Optional.empty();
    }

    /** As it counts after an adjustment of it. */
    public UsageInArrears after(ArrearsAdjusted adjusted) {
        var place = new Place(adjusted.header().sequence(), 0);
        return new UsageInArrears(source, id, meterId, adjusted.adjustment().after(), place);
    }

    /**
     * What is to change so that it counts otherwise; empty when nothing is, as for usage that is void.
     *
     * @param after what is to count; absent when nothing is
     */
    public Optional<ArrearsAdjustment> adjustedTo(@Nullable Measure after, Correction correction) {
        return counts == null || after != null && counts.isSameAs(after)
                ? Optional.empty()
                : Optional.of(new ArrearsAdjustment(source, id, meterId, counts, place, after, correction));
    }
}
