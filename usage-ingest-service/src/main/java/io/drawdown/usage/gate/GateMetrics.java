package io.drawdown.usage.gate;

import io.drawdown.usage.domain.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.Stream;

/** What the gate counts. Replays after a crash count again, as accepted and as replays. */
final class GateMetrics {

    private final Counter accepted;
    private final Counter repeats;
    private final Counter replays;
    /** By the reason's ordinal. */
    private final Counter[] rejected;

    private final Timer age;

    GateMetrics(MeterRegistry registry) {
        accepted = registry.counter("drawdown.usage.accepted");
        repeats = registry.counter("drawdown.usage.repeats");
        replays = registry.counter("drawdown.usage.replays");
        rejected = Stream.of(Reason.values())
                .map(reason -> registry.counter("drawdown.usage.rejected", "reason", reason.code()))
                .toArray(Counter[]::new);
        age = Timer.builder("drawdown.usage.age")
                .description("From the broker's storing an event to the gate's verdict on it")
                .register(registry);
    }

    void accepted(boolean isReplay) {
        accepted.increment();
        if (isReplay) {
            replays.increment();
        }
    }

    void repeat() {
        repeats.increment();
    }

    void rejected(Reason reason) {
        rejected[reason.ordinal()].increment();
    }

    void judged(Duration sinceStored) {
        age.record(sinceStored.isNegative() ? Duration.ZERO : sinceStored);
    }
}
