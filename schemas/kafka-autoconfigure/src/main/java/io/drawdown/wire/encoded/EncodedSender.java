package io.drawdown.wire.encoded;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/**
 * A producer of bytes beside the service's producer of records, and the means to make the one from the other.
 *
 * <p>Not a {@code KafkaTemplate} bean, which would take the place of the service's own.
 */
public final class EncodedSender implements DisposableBean {

    /** The most requests under way with which the broker still keeps the order. */
    private static final int MOST_IN_ORDER = 5;

    private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
    private final KafkaTemplate<byte[], byte[]> template;
    private final Map<String, Object> config;
    private @Nullable Serializer<Object> serializer;

    private EncodedSender(Map<String, Object> config) {
        this.config = config;
        this.producers =
                new DefaultKafkaProducerFactory<>(config, new ByteArraySerializer(), new ByteArraySerializer(), false);
        this.template = new KafkaTemplate<>(producers);
    }

    /** A sender with the settings, the value serializer too, of the service's producers. */
    public static EncodedSender like(ProducerFactory<?, ?> producers) {
        var config = new HashMap<>(producers.getConfigurationProperties());
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        config.computeIfPresent(ProducerConfig.CLIENT_ID_CONFIG, (key, id) -> id + "-encoded");
        return new EncodedSender(config);
    }

    /**
     * A sender with the settings of the service's producers that gives nothing up: it waits for the broker as long as it
     * takes, and keeps the order of each partition. One that gave a record up after two minutes could still deliver the
     * one behind it.
     */
    public static EncodedSender patient(ProducerFactory<?, ?> producers, String clientId) {
        var config = new HashMap<>(producers.getConfigurationProperties());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, MOST_IN_ORDER);
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        var sender = new EncodedSender(config);
        sender.producers.setPhysicalCloseTimeout(0); // What was not waited for shall not be sent either.
        return sender;
    }

    /** Drops what the broker has not acknowledged yet; the next sending begins with a new producer. */
    public void abandon() {
        producers.reset();
    }

    /** Sends bytes, with no observation of its own: their headers tell of the trace that brought them about. */
    public KafkaOperations<byte[], byte[]> operations() {
        return template;
    }

    /** The bytes of a record as the service's producer would write it to the topic; null stays null. */
    public byte @Nullable [] encode(String topic, @Nullable Object value) {
        return serializer().serialize(topic, value);
    }

    /** Made when it is first needed: a service that never needs it needs no schema registry either. */
    private synchronized Serializer<Object> serializer() {
        if (serializer == null) {
            serializer = create(config);
        }
        return serializer;
    }

    @SuppressWarnings("unchecked") // The configured serializer takes what the service sends; only it can tell.
    private static Serializer<Object> create(Map<String, Object> config) {
        var named = config.get(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
        if (named == null) {
            throw new IllegalStateException(
                    "spring.kafka.producer.value-serializer is not set: name the class that writes"
                            + " Avro, such as io.drawdown.wire.avro.AvroSerializer");
        }
        var serializer = (Serializer<Object>) instance(named);
        serializer.configure(config, false);
        return serializer;
    }

    private static Object instance(Object named) {
        try {
            return named instanceof Class<?> type
                    ? Utils.newInstance(type)
                    : Utils.newInstance(named.toString(), Serializer.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "spring.kafka.producer.value-serializer names " + named + ", which is not on the class path", e);
        }
    }

    @Override
    public synchronized void destroy() {
        producers.destroy();
        if (serializer != null) {
            serializer.close();
        }
    }
}
