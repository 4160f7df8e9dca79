package io.drawdown.wallet.domain;

import static java.util.Objects.requireNonNull;

import io.drawdown.support.time.Zone;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Usage that counts otherwise than before.
 *
 * @param source who reported it
 * @param id the report's id within its source
 * @param before what counted until now; absent when it is new
 * @param after what counts from now on; absent when the usage is void
 * @param total of the period, with this; absent where each event has a cost of its own
 * @param correction what asked for it; absent when usage itself has made what was used before cheaper
 * @param position where new usage stands; absent for a correction, and for usage that was parked
 */
public record UsageAdjustment(
        String source,
        String id,
        String meterId,
        @Nullable Measure before,
        @Nullable Measure after,
        @Nullable RunningTotal total,
        @Nullable Correction correction,
        @Nullable SourceRange position) {

    public UsageAdjustment {
        if (before == null && after == null) {
            throw new IllegalArgumentException("Usage " + source + "/" + id + " neither counted nor counts");
        }
    }

    /** The period that it belongs to. Usage that moves from one to another is adjusted in each. */
    UsagePeriod period(Zone zone) {
        var measure = requireNonNull(after == null ? before : after);
        return UsagePeriod.of(meterId, measure.priceId(), measure.occurredAt(), zone);
    }

    /**
     * How much was used, when, and by what it is rated.
     *
     * @param amount what it costs by itself; absent where that depends on other usage
     */
    public record Measure(
            String priceId,
            BigDecimal quantity,
            Instant occurredAt,
            @Nullable Money amount) {}

    /**
     * Somebody's wish to void or replace usage.
     *
     * @param reason in words
     */
    public record Correction(String id, String reason, String requestedBy) {}
}
