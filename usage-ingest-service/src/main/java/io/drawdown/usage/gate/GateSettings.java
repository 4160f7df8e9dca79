package io.drawdown.usage.gate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams: what deviates from its defaults, and why. */
final class GateSettings {

    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /** Longer than a thread may be busy between two polls: what it has open then is not to be ended by the broker. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);

    private static final int FETCHED_AT_ONCE_BYTES = 64 * 1024;
    private static final int FETCH_WAIT_MILLIS = 25;
    /** As long as it takes to judge what was fetched at once when little comes: each partition's writer then sends once. */
    private static final int LINGER_MILLIS = 5;

    private static final int BATCH_BYTES = 64 * 1024;
    /** Of each partition, when the broker does not keep up. */
    private static final int BUFFER_BYTES = 8 * 1024 * 1024;

    private GateSettings() {}

    /**
     * Puts them together.
     *
     * @param connection how the service reaches its broker
     * @param horizon part of the state's path: another horizon lays the segments out otherwise, and must not find them
     * @param events part of the state's path, too: positions in another log mean other events
     */
    static Properties of(
            String applicationId,
            Map<String, Object> connection,
            GateProperties properties,
            Duration horizon,
            Uuid events) {
        var settings = new HashMap<>(connection);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG,
                stateDir(properties, horizon, events).toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, properties.streamThreads());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, properties.standbyReplicas());
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                properties.commitInterval().toMillis());
        // Exactness comes from positions and from each partition's writer, see package-info: whoever waited for a
        // transaction would wait fifteen times as long.
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        // The newer one makes consumers of its own, which know nothing of writers.
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, NothingIsGivenUp.class);
        // Every claim is new: a cache before the store would hold entries that nobody asks for again.
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StateMemory.class);
        settings.put(StateMemory.BYTES_CONFIG, properties.stateMemory().toBytes());
        consumer(settings);
        producer(settings);
        var result = new Properties();
        result.putAll(settings);
        return result;
    }

    private static void consumer(Map<String, Object> settings) {
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // A backend may produce in transactions; what it aborts was never used. Nor does hold what a run of the gate
        // noted without a commit: compaction takes it from the changelogs at any time, some of it before the rest.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);
        // What trickles in is worth waiting for: each poll, and each request to the broker, costs as much as many
        // events.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), FETCHED_AT_ONCE_BYTES);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_WAIT_MILLIS);
        // After a crash the partitions move on when the session ends: six seconds is the least a broker grants.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int) SESSION.toMillis());
        settings.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int) HEARTBEAT.toMillis());
    }

    private static void producer(Map<String, Object> settings) {
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        // Never give a record up for the one behind it: the ledger would skip it when it comes again.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), Integer.MAX_VALUE);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), BUFFER_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                TRANSACTION_TIMEOUT.toMillis());
    }

    private static Path stateDir(GateProperties properties, Duration horizon, Uuid events) {
        return properties.stateDir().resolve("log-" + events).resolve("horizon-" + horizon.toSeconds() + "s");
    }
}
