package io.drawdown.wallet.usage;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * A batch that could not be recorded is read again from the stored positions, after a pause, for as long as it takes: usage
 * is money, and what is wrong with a single record has been put aside before.
 */
final class UsageErrorHandler implements CommonErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(UsageErrorHandler.class);

    private final UsagePositions positions;
    private final Duration pause;

    UsageErrorHandler(UsagePositions positions, Duration pause) {
        this.positions = positions;
        this.pause = pause;
    }

    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    @Override
    public boolean isAckAfterHandle() {
        return false;
    }

    @Override
    public void handleBatch(
            Exception failure,
            ConsumerRecords<?, ?> batch,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        log.warn("A batch of {} usage records was not recorded and is read again in {}", batch.count(), pause, failure);
        sleep(container);
        for (var partition : batch.partitions()) {
            long begin = batch.records(partition).getFirst().offset();
            consumer.seek(partition, storedOr(partition.partition(), begin));
        }
    }

    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        log.warn("Usage cannot be read; trying again in {}", pause, failure);
        sleep(container);
    }

    /** While the database is down the batch's own begin will do: what is stored is compared again before it is recorded. */
    private long storedOr(int partition, long begin) {
        try {
            return positions.reload(partition).nextOffset();
        } catch (RuntimeException e) {
            log.warn("The position of partition {} cannot be read yet: {}", partition, e.toString());
            return begin;
        }
    }

    private void sleep(MessageListenerContainer container) {
        try {
            ListenerUtils.stoppableSleep(container, pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
