package io.drawdown.wire.deadletter;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Retries a failed record with back-off and puts it aside when that did not help; waits without a limit for what is only
 * down.
 *
 * <p>What counts as down: a database, a broker or a schema registry that cannot be reached or asks to try again. The
 * attempts made meanwhile do not count. Records behind the failed one wait too, which keeps the order.
 */
public final class PatientErrorHandler extends DefaultErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(PatientErrorHandler.class);

    private final Duration pause;

    /**
     * @param backOff for a record that fails by itself; its end puts the record aside
     * @param pause longest wait between attempts while something is down
     */
    public PatientErrorHandler(DeadLetters deadLetters, BackOff backOff, Duration pause) {
        super(deadLetters, backOff);
        this.pause = pause;
        setLogLevel(KafkaException.Level.WARN);
        setBackOffFunction((failed, failure) -> Transience.isCauseOf(failure) ? endless() : null);
    }

    private BackOff endless() {
        var backOff = new ExponentialBackOff(Math.min(100, pause.toMillis()), 2);
        backOff.setMaxInterval(pause.toMillis());
        return backOff;
    }

    @Override
    public void handleBatch(
            Exception failure,
            ConsumerRecords<?, ?> batch,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        if (!Transience.isCauseOf(failure)) {
            super.handleBatch(failure, batch, consumer, container, invokeListener);
            return;
        }
        rewind(batch, consumer);
        pause(container, failure);
        throw new KafkaException(
                "The batch is read again, because something it needs is down", KafkaException.Level.DEBUG, failure);
    }

    /** A registry that is down makes {@code poll} fail; the position has not moved. */
    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (Transience.isCauseOf(failure)) {
            pause(container, failure);
        } else {
            super.handleOtherException(failure, consumer, container, batchListener);
        }
    }

    private static void rewind(ConsumerRecords<?, ?> batch, Consumer<?, ?> consumer) {
        for (var partition : batch.partitions()) {
            consumer.seek(partition, batch.records(partition).getFirst().offset());
        }
    }

    private void pause(MessageListenerContainer container, Exception failure) {
        log.warn(
                "{} waits {} and tries again: {}",
                container.getListenerId(),
                pause,
                NestedExceptionUtils.getMostSpecificCause(failure).toString());
        try {
            ListenerUtils.stoppableSleep(container, pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
