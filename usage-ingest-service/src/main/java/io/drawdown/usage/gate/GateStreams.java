package io.drawdown.usage.gate;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the gate when the directory has caught up, and closes it before the directory is given up.
 *
 * <p>A thread that fails is replaced after a pause, and takes up the work at the last committed position: the gate waits
 * for what is down and never skips.
 */
final class GateStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(GateStreams.class);

    /** After the views, which start at phase 0 and return when they have caught up. */
    private static final int PHASE = 10;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

    private final Supplier<KafkaStreams> maker;
    private volatile @Nullable KafkaStreams streams;

    GateStreams(Supplier<KafkaStreams> maker) {
        this.maker = maker;
    }

    @Override
    public void start() {
        var made = maker.get();
        made.setUncaughtExceptionHandler(GateStreams::replace);
        made.start();
        streams = made;
    }

    private static StreamThreadExceptionResponse replace(Throwable failure) {
        log.error("The gate pauses {} and goes on at its last committed position, because it failed", PAUSE, failure);
        LockSupport.parkNanos(PAUSE.toNanos());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    @Override
    public void stop() {
        var running = streams;
        streams = null;
        if (running != null) {
            // Leaving the group lets a successor begin at once, instead of when the session has run out.
            running.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(CLOSE_TIMEOUT));
        }
    }

    @Override
    public boolean isRunning() {
        return streams != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** How Kafka Streams stands; null before the start and after the stop. */
    KafkaStreams.@Nullable State state() {
        var running = streams;
        return running == null ? null : running.state();
    }

    /** The largest distance between what stands in a partition and what the gate has read of it, in records. */
    double lag() {
        var running = streams;
        return running == null
                ? Double.NaN
                : running.metrics().values().stream()
                        .filter(metric -> metric.metricName().name().equals("records-lag-max")
                                && !metric.metricName().tags().containsKey("partition"))
                        .map(metric -> metric.metricValue())
                        .filter(Double.class::isInstance)
                        .mapToDouble(Double.class::cast)
                        .filter(lag -> !Double.isNaN(lag))
                        .max()
                        .orElse(0);
    }
}
