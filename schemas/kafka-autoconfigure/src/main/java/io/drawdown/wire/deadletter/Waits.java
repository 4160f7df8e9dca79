package io.drawdown.wire.deadletter;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/** How long to wait for what is down: longer from try to try, as long as a partition stays where it is. */
final class Waits {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 20;

    private final Duration longest;
    private final Map<TopicPartition, Tries> tries = new ConcurrentHashMap<>();

    Waits(Duration longest) {
        this.longest = longest;
    }

    Duration next(ConsumerRecord<?, ?> stuck) {
        var partition = new TopicPartition(stuck.topic(), stuck.partition());
        var now = tries.merge(
                partition,
                new Tries(stuck.offset(), 0),
                (before, first) -> before.offset == first.offset
                        ? new Tries(before.offset, Math.min(before.count + 1, MOST_DOUBLINGS))
                        : first);
        var wait = FIRST.multipliedBy(1L << now.count);
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    static void sleep(MessageListenerContainer container, Duration wait) {
        try {
            ListenerUtils.stoppableSleep(container, wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Tries(long offset, int count) {}
}
