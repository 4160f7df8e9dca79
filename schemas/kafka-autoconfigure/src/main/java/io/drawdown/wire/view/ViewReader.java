package io.drawdown.wire.view;

import io.drawdown.wire.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic into a {@link ViewContents}, for as long as the service runs.
 *
 * <p>When the consumer fails it is replaced, and the topic read again from the start, for the sake of keys that were removed and
 * compacted away meanwhile: those that a complete second reading has not met are removed at its end. What was applied before is
 * not applied again, or each key would go through its older states once more.
 */
final class ViewReader implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ViewReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String topic;
    private final ViewContents<?> contents;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Deserializer<?> deserializer;
    /** The offset behind the last record of each partition that was applied. */
    private final Map<TopicPartition, Long> applied = new HashMap<>();

    private final AtomicLong lag = new AtomicLong();
    private volatile boolean stopped;
    private volatile @Nullable String trouble;

    ViewReader(
            String topic,
            ViewContents<?> contents,
            Supplier<Consumer<String, byte[]>> consumers,
            Deserializer<?> deserializer) {
        this.topic = topic;
        this.contents = contents;
        this.consumers = consumers;
        this.deserializer = deserializer;
    }

    @Override
    public void run() {
        while (!stopped) {
            try (var consumer = consumers.get()) {
                read(consumer);
            } catch (InterruptException | WakeupException e) {
                stopped = true;
            } catch (VirtualMachineError e) {
                trouble = e.toString();
                throw e;
            } catch (Throwable e) {
                // Any other error may pass; a view that stood still would look like one without news.
                trouble = e.toString();
                log.warn("The view of {} cannot read and tries again in {}: {}", topic, PAUSE, e.toString());
                pause();
            }
        }
    }

    void stop() {
        stopped = true;
    }

    String topic() {
        return topic;
    }

    long lag() {
        return lag.get();
    }

    /** What is wrong now, in words; null while all is well. */
    @Nullable
    String trouble() {
        return trouble;
    }

    private void read(Consumer<String, byte[]> consumer) {
        var partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        // A topic that ends before what was applied of it is another one.
        applied.entrySet().removeIf(each -> each.getValue() > ends.getOrDefault(each.getKey(), 0L));
        var pass = new Pass(contents, ends);
        while (!stopped) {
            for (var record : consumer.poll(POLL)) {
                if (pass.done || isNews(record)) {
                    apply(record);
                    applied.put(partition(record), record.offset() + 1);
                } else if (contents.isUnreadable(record.key())) {
                    apply(record); // It may be decoded by now.
                }
                pass.met(record.key());
            }
            pass.advance(consumer);
            trouble = null;
            lag.set(lag(consumer, partitions));
        }
    }

    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        var found = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    "Topic " + topic + " does not exist: create the topics of the catalogue (TopicCreator) first");
        }
        return found;
    }

    private boolean isNews(ConsumerRecord<String, byte[]> record) {
        return record.offset() >= applied.getOrDefault(partition(record), 0L);
    }

    private static TopicPartition partition(ConsumerRecord<String, byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            return; // No record of a compacted topic has no key; a broker refuses such.
        }
        try {
            contents.apply(record.key(), deserializer.deserialize(topic, record.headers(), record.value()));
        } catch (RuntimeException e) {
            if (RegistryUnavailableException.isCauseOf(e)) {
                throw e;
            }
            var position = topic + "-" + record.partition() + "@" + record.offset();
            contents.applyUnreadable(new Unreadable(record.key(), position, String.valueOf(e.getMessage())));
            log.error(
                    "The view of {} cannot decode the record of key {} at {} and keeps what it knew of that key: {}",
                    topic,
                    record.key(),
                    position,
                    e.getMessage());
        }
    }

    private static long lag(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        long behind = 0;
        for (var partition : partitions) {
            behind += consumer.currentLag(partition).orElse(0);
        }
        return behind;
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    /** One reading from the start to what was the end when it began. */
    private static final class Pass {
        private final ViewContents<?> contents;
        private final Map<TopicPartition, Long> ends;
        private final Set<String> met = new HashSet<>();
        private boolean done;

        private Pass(ViewContents<?> contents, Map<TopicPartition, Long> ends) {
            this.contents = contents;
            this.ends = new HashMap<>(ends);
        }

        private void met(String key) {
            if (!done) {
                met.add(key);
            }
        }

        private void advance(Consumer<String, byte[]> consumer) {
            if (done) {
                return;
            }
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (ends.isEmpty()) {
                done = true;
                contents.keepOnly(met);
                met.clear();
                contents.markCaughtUp();
            }
        }
    }
}
