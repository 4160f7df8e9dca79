package io.drawdown.wallet.rating;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which price rates a meter, from when on.
 *
 * @param aggregation null when this version does not know it
 * @param mappings oldest first
 */
public record MeterPrices(String meterId, @Nullable Aggregation aggregation, List<Mapping> mappings) {

    public MeterPrices {
        mappings = mappings.stream().sorted(comparing(Mapping::effectiveAt)).toList();
    }

    /**
     * From when on a price rates the meter.
     *
     * @param effectiveAt from this instant on, inclusive, until the next mapping's
     */
    public record Mapping(Instant effectiveAt, String priceId) {}

    /** The price in force at {@code instant}; of two that begin together the later one in the list. */
    @Nullable
    String priceAt(Instant instant) {
        for (int i = mappings.size() - 1; i >= 0; i--) {
            var mapping = mappings.get(i);
            if (!mapping.effectiveAt().isAfter(instant)) {
                return mapping.priceId();
            }
        }
        return null;
    }
}
