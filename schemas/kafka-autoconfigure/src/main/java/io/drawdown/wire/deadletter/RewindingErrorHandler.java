package io.drawdown.wire.deadletter;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Has everything that a listener of batches did not store read again, after a pause, for as long as it takes, and puts nothing
 * aside: for a listener that keeps its place in a store of its own, because none of its records may be left out.
 *
 * <p>The log has each failure with its stack once a minute as long as it stays the same.
 */
public final class RewindingErrorHandler implements CommonErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(RewindingErrorHandler.class);

    private final Duration pause;
    private final Rewind rewind;
    private final Said said = new Said(Duration.ofMinutes(1));

    public RewindingErrorHandler(Duration pause, Rewind rewind) {
        this.pause = pause;
        this.rewind = rewind;
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
        readAgain(failure, batch, consumer, container);
    }

    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        readAgain(failure, ConsumerRecords.empty(), consumer, container);
    }

    private void readAgain(
            Exception failure,
            ConsumerRecords<?, ?> batch,
            Consumer<?, ?> consumer,
            MessageListenerContainer container) {
        say(container, failure);
        Waits.sleep(container, pause);
        rewind.toWhatIsNotStored(batch, consumer);
    }

    private void say(MessageListenerContainer container, Exception failure) {
        var unhandled = UnhandledException.in(failure);
        var words = unhandled.map(Throwable::getMessage).orElseGet(() -> UnhandledException.reason(failure));
        if (said.isNew(words)) {
            var stack = unhandled.map(Throwable::getCause).orElse(failure);
            log.warn("{} waits {} and reads again: {}", container.getListenerId(), pause, words, stack);
        }
    }

    /** Where a listener's store stands. */
    @FunctionalInterface
    public interface Rewind {

        /**
         * Has the consumer seek what has to be read again. It must not fail.
         *
         * @param batch what failed, perhaps after some of it was stored; empty when something else failed
         */
        void toWhatIsNotStored(ConsumerRecords<?, ?> batch, Consumer<?, ?> consumer);
    }
}
