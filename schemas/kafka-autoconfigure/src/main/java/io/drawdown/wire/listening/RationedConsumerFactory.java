package io.drawdown.wire.listening;

import io.drawdown.wire.polling.Ration;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Makes consumers whose polls are bounded in bytes besides records, for listeners that take many records at once: so many of the
 * largest there can be would fill the memory. A poll with fewer records than are allowed is not the end of the log, then.
 *
 * <p>Counted is what a record has on the wire. Decoded, many short texts take more than that, which the number of records bounds.
 */
public final class RationedConsumerFactory<K, V> extends DefaultKafkaConsumerFactory<K, V> {

    /** @param config names the deserializers by class */
    public RationedConsumerFactory(Map<String, Object> config) {
        super(config);
    }

    /** One at a time: each has a ration of its own, with which its deserializers are made. */
    @Override
    protected synchronized Consumer<K, V> createRawConsumer(Map<String, Object> config) {
        var ration = new Ration();
        setKeyDeserializerSupplier(() -> ration.of(deserializer(config, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG)));
        setValueDeserializerSupplier(
                () -> ration.of(deserializer(config, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG)));
        try {
            return new Rationed(config, ration);
        } finally {
            // Who asks for a deserializer otherwise is told by its class.
            setKeyDeserializer(null);
            setValueDeserializer(null);
        }
    }

    @SuppressWarnings("unchecked") // As everywhere in Kafka, the class that is configured is trusted with the type.
    private static <T> Deserializer<T> deserializer(Map<String, Object> config, String setting) {
        var named = config.get(setting);
        try {
            return named instanceof Class<?> type
                    ? (Deserializer<T>) Utils.newInstance(type)
                    : (Deserializer<T>) Utils.newInstance(String.valueOf(named), Deserializer.class);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(setting, named, "The class is not on the class path");
        }
    }

    private final class Rationed extends ExtendedKafkaConsumer {

        private final Ration ration;

        private Rationed(Map<String, Object> config, Ration ration) {
            super(config);
            this.ration = ration;
        }

        @Override
        public ConsumerRecords<K, V> poll(Duration timeout) {
            ration.renew();
            return super.poll(timeout);
        }
    }
}
