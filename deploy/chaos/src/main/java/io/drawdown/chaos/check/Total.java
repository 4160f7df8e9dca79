package io.drawdown.chaos.check;

import io.drawdown.chaos.load.ChaosMeter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a meter has come to, found anew from all usage that counts. */
final class Total {

    private final ChaosMeter meter;
    private final Map<String, Measure> usage = new LinkedHashMap<>();

    /** How much, and when. */
    record Measure(BigDecimal quantity, Instant occurredAt) {}

    Total(ChaosMeter meter) {
        this.meter = meter;
    }

    /** @param measure what counts of it from now on, as the latest of all; null when nothing does */
    void set(String id, @Nullable Measure measure) {
        usage.remove(id);
        if (measure != null) {
            usage.put(id, measure);
        }
    }

    @Nullable
    Measure of(String id) {
        return usage.get(id);
    }

    BigDecimal value() {
        return switch (meter.aggregation()) {
            case SUM ->
                Amounts.sum(usage.values().stream().map(Measure::quantity).toList());
            case COUNT -> BigDecimal.valueOf(usage.size());
            case UNIQUE_COUNT ->
                BigDecimal.valueOf(usage.values().stream()
                        .map(Measure::quantity)
                        .distinct()
                        .count());
            case MAX -> usage.values().stream().map(Measure::quantity).reduce(BigDecimal.ZERO, BigDecimal::max);
            case LAST ->
                usage.values().stream()
                        .reduce((one, other) -> other.occurredAt().isBefore(one.occurredAt()) ? one : other)
                        .map(Measure::quantity)
                        .orElse(BigDecimal.ZERO);
            case UNKNOWN -> throw new IllegalStateException(meter + " adds up in no known way");
        };
    }

    /** How many count. */
    int events() {
        return usage.size();
    }

    BigDecimal cost() {
        return meter.cost(value());
    }
}
