package io.drawdown.usage.totals;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Has everything that is not stored read again, after a pause, for as long as it takes: a total must not lack what was used.
 * Only a record that is named as the one at fault goes the way of all such records.
 */
final class TotalsErrorHandler implements CommonErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(TotalsErrorHandler.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CommonErrorHandler forNamedRecords;
    private final UnstoredTotals unstored;
    private final UnstoredRecords records;

    TotalsErrorHandler(CommonErrorHandler forNamedRecords, UnstoredTotals unstored, UnstoredRecords records) {
        this.forNamedRecords = forNamedRecords;
        this.unstored = unstored;
        this.records = records;
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
        if (failure.getCause() instanceof BatchListenerFailedException) {
            forNamedRecords.handleBatch(failure, batch, consumer, container, invokeListener);
        } else {
            readAgain(failure, consumer, container);
        }
    }

    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        readAgain(failure, consumer, container);
    }

    private void readAgain(Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container) {
        unstored.drop();
        records.rewind(consumer);
        log.warn(
                "Totals wait {}, then usage that is not in them yet is read again: {}",
                PAUSE,
                NestedExceptionUtils.getMostSpecificCause(failure).toString());
        log.debug("The whole failure", failure);
        sleep(container);
    }

    private static void sleep(MessageListenerContainer container) {
        try {
            ListenerUtils.stoppableSleep(container, PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
