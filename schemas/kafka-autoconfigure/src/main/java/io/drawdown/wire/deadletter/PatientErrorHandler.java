package io.drawdown.wire.deadletter;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;

/**
 * Retries a failed record with back-off and puts it aside when that did not help; waits without a limit for what is only
 * down.
 *
 * <p>What counts as down: a database, a broker or a schema registry that cannot be reached, has no room, takes no
 * changes or asks to try again. The attempts made meanwhile do not count. Records behind the failed one wait too, which keeps the order.
 */
public final class PatientErrorHandler extends DefaultErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(PatientErrorHandler.class);

    private final PassingFailure further;
    private final Duration longestPause;
    private final Waits waits;

    /**
     * @param backOff for a record that fails by itself; its end puts the record aside
     * @param longestPause longest wait between attempts while something is down
     * @param further what else counts as down
     */
    public PatientErrorHandler(
            DeadLetters deadLetters, BackOff backOff, Duration longestPause, PassingFailure further) {
        super(deadLetters, backOff);
        this.longestPause = longestPause;
        this.waits = new Waits(longestPause);
        this.further = further;
        setLogLevel(KafkaException.Level.WARN);
    }

    /** What passes never reaches the counting of attempts: a record's own failure before or after has its full number. */
    @Override
    public void handleRemaining(
            Exception failure,
            List<ConsumerRecord<?, ?>> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container) {
        if (!passes(failure)) {
            super.handleRemaining(failure, records, consumer, container);
            return;
        }
        rewind(records, consumer);
        pause(container, failure, waits.next(records.getFirst()));
        throw readAgain(failure);
    }

    @Override
    public void handleBatch(
            Exception failure,
            ConsumerRecords<?, ?> batch,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        if (!passes(failure)) {
            super.handleBatch(failure, batch, consumer, container, invokeListener);
            return;
        }
        rewind(batch, consumer);
        pause(container, failure, waits.next(batch.iterator().next()));
        throw readAgain(failure);
    }

    private boolean passes(Exception failure) {
        return Transience.isCauseOf(failure, further);
    }

    private static KafkaException readAgain(Exception failure) {
        return new KafkaException(
                "What was read is read again, because something it needs is down", KafkaException.Level.DEBUG, failure);
    }

    /** A registry that is down makes {@code poll} fail; the position has not moved. */
    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (passes(failure)) {
            pause(container, failure, longestPause);
        } else {
            super.handleOtherException(failure, consumer, container, batchListener);
        }
    }

    private static void rewind(Iterable<? extends ConsumerRecord<?, ?>> unhandled, Consumer<?, ?> consumer) {
        var rewound = new HashSet<TopicPartition>();
        for (var record : unhandled) {
            var partition = new TopicPartition(record.topic(), record.partition());
            if (rewound.add(partition)) {
                consumer.seek(partition, record.offset());
            }
        }
    }

    private static void pause(MessageListenerContainer container, Exception failure, Duration pause) {
        log.warn(
                "{} waits {} and tries again: {}",
                container.getListenerId(),
                pause,
                NestedExceptionUtils.getMostSpecificCause(failure).toString());
        Waits.sleep(container, pause);
    }
}
