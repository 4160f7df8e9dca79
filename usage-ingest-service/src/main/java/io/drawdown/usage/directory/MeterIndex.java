package io.drawdown.usage.directory;

import io.drawdown.events.catalog.Meter;
import io.drawdown.usage.domain.KnownMeter;
import io.drawdown.usage.domain.KnownMeter.Counting;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Meters by event name. Written by one thread at a time, read by any. */
final class MeterIndex {

    private static final Comparator<KnownMeter> BEST_FIRST =
            Comparator.comparing((KnownMeter meter) -> !meter.active()).thenComparing(KnownMeter::meterId);

    private final Map<String, KnownMeter> byEventName = new ConcurrentHashMap<>();
    private final Map<String, KnownMeter> byId = new ConcurrentHashMap<>();

    @Nullable
    KnownMeter find(String eventName) {
        return byEventName.get(eventName);
    }

    @Nullable
    Counting counting(String meterId) {
        var meter = byId.get(meterId);
        return meter == null ? null : meter.counting();
    }

    synchronized void put(String meterId, @Nullable Meter meter) {
        var before = meter == null ? byId.remove(meterId) : byId.put(meterId, known(meter));
        if (meter != null) {
            choose(meter.getEventName());
        }
        if (before != null) {
            choose(before.eventName());
        }
    }

    /** A switched-off meter and its successor may bear one name; only one of them is active. */
    private void choose(String eventName) {
        var best = byId.values().stream()
                .filter(meter -> meter.eventName().equals(eventName))
                .min(BEST_FIRST);
        best.ifPresentOrElse(meter -> byEventName.put(eventName, meter), () -> byEventName.remove(eventName));
    }

    private static KnownMeter known(Meter meter) {
        return new KnownMeter(
                meter.getMeterId(), meter.getEventName(), counting(meter), meter.getValueKey(), meter.getActive());
    }

    private static Counting counting(Meter meter) {
        return switch (meter.getAggregation()) {
            case COUNT -> Counting.ONE_EACH;
            case SUM, LAST, MAX -> Counting.BY_VALUE;
            case UNIQUE_COUNT -> Counting.BY_TEXT;
            case UNKNOWN -> Counting.UNKNOWN;
        };
    }
}
