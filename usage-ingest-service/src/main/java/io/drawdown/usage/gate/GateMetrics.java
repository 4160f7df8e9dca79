package io.drawdown.usage.gate;

import static java.util.Objects.requireNonNull;

import io.drawdown.usage.domain.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What the gate counts. What is read again after a crash counts as replay, and again as refused. */
final class GateMetrics {

    private final Counter accepted;
    private final Counter corrected;
    private final Counter repeats;
    private final Counter replays;
    private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);
    private final Timer age;

    GateMetrics(MeterRegistry registry) {
        accepted = registry.counter("drawdown.usage.accepted");
        corrected = registry.counter("drawdown.usage.corrected");
        repeats = registry.counter("drawdown.usage.repeats");
        replays = registry.counter("drawdown.usage.replays");
        for (var reason : Reason.values()) {
            rejected.put(reason, registry.counter("drawdown.usage.rejected", "reason", reason.code()));
        }
        age = Timer.builder("drawdown.usage.age")
                .description("From the broker's storing an event to the gate's verdict on it")
                .register(registry);
    }

    void accepted() {
        accepted.increment();
    }

    void corrected() {
        corrected.increment();
    }

    void replay() {
        replays.increment();
    }

    void repeat() {
        repeats.increment();
    }

    void rejected(Reason reason) {
        requireNonNull(rejected.get(reason)).increment();
    }

    void judged(Duration sinceStored) {
        age.record(sinceStored.isNegative() ? Duration.ZERO : sinceStored);
    }
}
