package io.drawdown.bench.measure;

import io.drawdown.bench.report.Output;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** For how long each contender is measured, and for how long it runs before that. */
public final class Timing {

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "Measured time of each (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            description = "Uncounted time before, at least: it goes on until nothing gets faster"
                    + " (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    public Duration measured() {
        return Duration.ofSeconds(seconds);
    }

    public Duration warmUp() {
        return Duration.ofSeconds(warmUpSeconds);
    }

    /**
     * Measures a contender, which has been started, and ends it.
     *
     * @param available how many events there are in all
     */
    public Figure measure(Contender contender, long available) {
        try (contender) {
            var figure = stopwatch(available).measure(contender);
            Output.progress("%s: %,d events/s".formatted(contender.name(), figure.eventsPerSecond()));
            return figure;
        }
    }

    /** Measures contenders that are ended by others. */
    public Stopwatch stopwatch(long available) {
        return new Stopwatch(warmUp(), measured(), available, Output::progress);
    }

    /** Measures what comes at a rate that is given. */
    public SteadyRate steadyRate() {
        return new SteadyRate(warmUp(), measured(), new Compilers(), Output::progress);
    }

    /** For the conditions of a report. */
    public Map<String, Object> conditions() {
        return Map.of("warm_up_s", warmUpSeconds, "measured_s", seconds);
    }
}
