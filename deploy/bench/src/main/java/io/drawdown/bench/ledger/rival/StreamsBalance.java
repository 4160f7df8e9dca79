package io.drawdown.bench.ledger.rival;

import io.drawdown.bench.rival.Counter;
import io.drawdown.bench.rival.RivalSettings;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * A running balance in Kafka Streams: dedupe in a 35-day window store, a balance for each account, exactly once. It has no
 * grants, no prices and no history that can be asked, but it has the speed.
 */
public final class StreamsBalance {

    private static final String LEDGER_TOPIC = "rival.streams.ledger";
    private static final String SEEN = "seen";
    private static final String BALANCE = "balance";
    private static final Duration WINDOW = Duration.ofDays(35);

    private StreamsBalance() {}

    public static void main(String[] arguments) {
        var settings = RivalSettings.fromEnvironment();
        settings.createTopic(LEDGER_TOPIC);
        var streams = new KafkaStreams(topology(settings, Counter.printing()), properties(settings));
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace(System.err);
            return org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse
                    .SHUTDOWN_CLIENT;
        });
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    private static Topology topology(RivalSettings settings, Counter counter) {
        return new Topology()
                .addSource(
                        "usage",
                        Serdes.String().deserializer(),
                        settings.<UsageAccepted>deserializer(),
                        Topic.USAGE_ACCEPTED.topicName())
                .addProcessor("draw-down", () -> new DrawDown(counter), "usage")
                .addStateStore(
                        Stores.windowStoreBuilder(
                                Stores.persistentWindowStore(SEEN, WINDOW, WINDOW, false),
                                Serdes.String(),
                                Serdes.ByteArray()),
                        "draw-down")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(BALANCE), Serdes.String(), Serdes.String()),
                        "draw-down")
                .addSink("ledger", LEDGER_TOPIC, "draw-down");
    }

    private static Properties properties(RivalSettings settings) {
        var properties = new Properties();
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "rival-streams",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.kafka(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                2,
                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                1,
                StreamsConfig.STATE_DIR_CONFIG,
                Path.of(System.getProperty("java.io.tmpdir"), "rival-streams").toString(),
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
                Serdes.StringSerde.class,
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
                Serdes.StringSerde.class,
                StreamsConfig.consumerPrefix("auto.offset.reset"),
                "earliest",
                StreamsConfig.consumerPrefix("max.poll.records"),
                5_000));
        return properties;
    }

    private static final class DrawDown implements Processor<String, UsageAccepted, String, String> {

        private static final BigDecimal UNIT_PRICE = new BigDecimal("0.01");
        private static final byte[] MARK = {1};

        private final Counter counter;
        private ProcessorContext<String, String> context;
        private WindowStore<String, byte[]> seen;
        private KeyValueStore<String, String> balances;

        @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
        DrawDown(Counter counter) {
            this.counter = counter;
        }

        @Override
        public void init(ProcessorContext<String, String> context) {
            this.context = context;
            this.seen = context.getStateStore(SEEN);
            this.balances = context.getStateStore(BALANCE);
        }

        @Override
        public void process(Record<String, UsageAccepted> usage) {
            var identity = usage.value().getSource() + '\n' + usage.value().getId();
            if (isFirst(identity, usage.timestamp())) {
                seen.put(identity, MARK, usage.timestamp());
                context.forward(usage.withValue(drawDown(usage.key(), usage.value())));
            }
            counter.add(1);
        }

        private boolean isFirst(String identity, long at) {
            try (var found = seen.fetch(identity, at - WINDOW.toMillis(), at)) {
                return !found.hasNext();
            }
        }

        private String drawDown(String account, UsageAccepted usage) {
            var before = balances.get(account);
            var cost = new BigDecimal(usage.getValue()).multiply(UNIT_PRICE);
            var after = (before == null ? BigDecimal.ZERO : new BigDecimal(before))
                    .subtract(cost)
                    .toPlainString();
            balances.put(account, after);
            return after;
        }
    }
}
