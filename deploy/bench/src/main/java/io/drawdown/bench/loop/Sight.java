package io.drawdown.bench.loop;

import io.drawdown.bench.measure.Arrivals;
import io.drawdown.bench.measure.Delays;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.local.platform.Environment;
import io.drawdown.wire.avro.AvroDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Watches a topic for the usage of one run, and notes how long after it was due each event can be seen there. */
final class Sight implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, SpecificRecord> consumer;
    private final String prefix;
    private final Arrivals arrivals;
    private final Delays seen;
    private final Thread thread;
    private volatile boolean closed;

    private Sight(KafkaConsumer<String, SpecificRecord> consumer, String prefix, Arrivals arrivals, Delays seen) {
        this.consumer = consumer;
        this.prefix = prefix;
        this.arrivals = arrivals;
        this.seen = seen;
        this.thread = new Thread(this::watch, "sight");
    }

    /** A consumer that stands at the end of a topic. */
    static KafkaConsumer<String, SpecificRecord> consumer(Environment environment, String topic) {
        var values = new AvroDeserializer<SpecificRecord>();
        values.configure(
                Map.of("schema.registry.url", environment.addressOf("schemaRegistry"), "specific.avro.reader", true),
                false);
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        environment.kafka(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new StringDeserializer(),
                values);
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    /**
     * Begins to watch.
     *
     * @param prefix of the run's usage ids; their number follows it
     */
    static Sight of(KafkaConsumer<String, SpecificRecord> consumer, String prefix, Arrivals arrivals, Delays seen) {
        var sight = new Sight(consumer, prefix, arrivals, seen);
        sight.thread.start();
        return sight;
    }

    private void watch() {
        while (!closed) {
            var records = consumer.poll(POLL);
            var now = System.nanoTime();
            records.forEach(record -> idsIn(record.value()).forEach(id -> note(id, now)));
        }
        consumer.close();
    }

    private static List<String> idsIn(SpecificRecord record) {
        return switch (record) {
            case UsageDrawnDown drawn ->
                drawn.getLines().stream().map(line -> line.getId()).toList();
            case UsageEvent event -> List.of(event.getId());
            default -> List.of();
        };
    }

    private void note(String id, long now) {
        if (id.startsWith(prefix)) {
            var number = Long.parseLong(id.substring(prefix.length()));
            seen.happened(number, now - arrivals.dueNanos(number));
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
