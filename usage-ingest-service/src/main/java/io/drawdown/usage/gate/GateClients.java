package io.drawdown.usage.gate;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of the gate's stream threads. What a thread's consumer is assigned, the thread's producer takes over before
 * anything is read, so that no predecessor writes any more.
 */
final class GateClients implements KafkaClientSupplier {

    private static final String CONSUMER_SUFFIX = "-consumer";
    private static final String PRODUCER_SUFFIX = "-producer";

    private final String applicationId;
    /** Of the threads that are being made: Kafka Streams asks for the producer first. */
    private final Map<String, PartitionWriters> unpaired = new ConcurrentHashMap<>();

    GateClients(String applicationId) {
        this.applicationId = applicationId;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        var writers = new PartitionWriters(partition -> new KafkaProducer<>(
                transactional(config, partition), new ByteArraySerializer(), new ByteArraySerializer()));
        unpaired.put(thread(config, PRODUCER_SUFFIX), writers);
        return new GateProducer(config, writers);
    }

    private Map<String, Object> transactional(Map<String, Object> config, int partition) {
        var own = new HashMap<>(config);
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, applicationId + "-" + partition);
        own.put(ProducerConfig.CLIENT_ID_CONFIG, config.get(CommonClientConfigs.CLIENT_ID_CONFIG) + "-" + partition);
        return own;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        var writers = unpaired.remove(thread(config, CONSUMER_SUFFIX));
        return new GateConsumer(config, requireNonNull(writers, "Kafka Streams makes a thread's producer first"));
    }

    private static String thread(Map<String, Object> config, String suffix) {
        var clientId = String.valueOf(config.get(CommonClientConfigs.CLIENT_ID_CONFIG));
        return clientId.endsWith(suffix) ? clientId.substring(0, clientId.length() - suffix.length()) : clientId;
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        throw new UnsupportedOperationException("The gate has no global stores");
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }
}
