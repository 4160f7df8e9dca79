package io.drawdown.bench.gate.rival;

import io.drawdown.bench.rival.Counter;
import io.drawdown.bench.rival.RivalSettings;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.wire.avro.AvroSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Dedupe in Kafka Streams as its documentation shows it: a 35-day window store that is searched by time. It judges nothing,
 * and after a crash it may lose an event that it has noted and not sent.
 */
public final class StreamsDedupe {

    /** Where the events come out. */
    public static final String OUTPUT = "rival.dedupe.events";

    private static final String SEEN = "seen";
    private static final Duration WINDOW = Duration.ofDays(35);

    /** Where commits are to be quick: with what Streams waits for by itself they would not be. */
    private static final int QUICK_LINGER_MS = 5;

    private StreamsDedupe() {}

    public static void main(String[] arguments) {
        var settings = RivalSettings.fromEnvironment();
        settings.createTopic(OUTPUT);
        var streams = new KafkaStreams(topology(settings, Counter.printing()), properties(settings));
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace(System.err);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    private static Topology topology(RivalSettings settings, Counter counter) {
        var serializer = new AvroSerializer<UsageEvent>();
        serializer.configure(Map.of("schema.registry.url", settings.schemaRegistry()), false);
        return new Topology()
                .addSource(
                        "usage",
                        Serdes.String().deserializer(),
                        settings.<UsageEvent>deserializer(),
                        Topic.USAGE_EVENTS.topicName())
                .addProcessor("dedupe", () -> new Dedupe(counter), "usage")
                .addStateStore(
                        Stores.windowStoreBuilder(
                                Stores.persistentWindowStore(SEEN, WINDOW, WINDOW, false),
                                Serdes.String(),
                                Serdes.ByteArray()),
                        "dedupe")
                .addSink("once", OUTPUT, new StringSerializer(), serializer, "dedupe");
    }

    private static Properties properties(RivalSettings settings) {
        var properties = new Properties();
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "rival-dedupe",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.kafka(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                System.getenv().getOrDefault("BENCH_GUARANTEE", StreamsConfig.AT_LEAST_ONCE),
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                2,
                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                1,
                StreamsConfig.STATE_DIR_CONFIG,
                Path.of(System.getProperty("java.io.tmpdir"), "rival-dedupe").toString(),
                StreamsConfig.producerPrefix("compression.type"),
                "lz4",
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest",
                StreamsConfig.consumerPrefix("max.poll.records"),
                5_000));
        var commitMillis = System.getenv("BENCH_COMMIT_MS");
        if (commitMillis != null) {
            properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis);
            properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), QUICK_LINGER_MS);
        }
        return properties;
    }

    private static final class Dedupe implements Processor<String, UsageEvent, String, UsageEvent> {

        private static final byte[] MARK = {1};

        private final Counter counter;
        private ProcessorContext<String, UsageEvent> context;
        private WindowStore<String, byte[]> seen;

        @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
        Dedupe(Counter counter) {
            this.counter = counter;
        }

        @Override
        public void init(ProcessorContext<String, UsageEvent> context) {
            this.context = context;
            this.seen = context.getStateStore(SEEN);
        }

        @Override
        public void process(Record<String, UsageEvent> usage) {
            var identity = usage.key()
                    + '\n'
                    + usage.value().getSource()
                    + '\n'
                    + usage.value().getId();
            if (isFirst(identity, usage.timestamp())) {
                seen.put(identity, MARK, usage.timestamp());
                context.forward(usage);
            }
            counter.add(1);
        }

        private boolean isFirst(String identity, long at) {
            try (var found = seen.fetch(identity, at - WINDOW.toMillis(), at)) {
                return !found.hasNext();
            }
        }
    }
}
