package io.drawdown.wire.listening;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Starts a listener again that an error has ended. It begins at the record that it had reached, so nothing is left out;
 * where that record brings the error about each time, its partition waits.
 */
public final class ListenerRevival implements ApplicationListener<ConsumerStoppedEvent> {

    private static final Logger log = LoggerFactory.getLogger(ListenerRevival.class);

    private final Duration pause;

    /** @param pause between the end and the new start */
    public ListenerRevival(Duration pause) {
        this.pause = pause;
    }

    @Override
    public void onApplicationEvent(ConsumerStoppedEvent stopped) {
        if (stopped.getReason() == ConsumerStoppedEvent.Reason.ERROR) {
            var container = stopped.getContainer(MessageListenerContainer.class);
            log.error("An error has ended {}; it starts again in {}", container.getListenerId(), pause);
            Thread.ofVirtual().name("revival").start(() -> revive(container));
        }
    }

    private void revive(MessageListenerContainer container) {
        try {
            Thread.sleep(pause);
            container.stop();
            container.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
