package io.drawdown.usage.wire;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;

/** How old the oldest record of each batch is when all of the batch can be seen where it was copied to. */
public final class RecordAge {

    private final Timer timer;
    private final Clock clock;

    /** @param name of the timer, such as {@code drawdown.usage.totals.age} */
    public RecordAge(MeterRegistry meters, String name, String description, Clock clock) {
        this.timer = Timer.builder(name).description(description).register(meters);
        this.clock = clock;
    }

    /** @param storedAtMillis when the broker stored it, in milliseconds since 1970 */
    public void seen(long storedAtMillis) {
        timer.record(Duration.ofMillis(Math.max(0, clock.millis() - storedAtMillis)));
    }
}
