package io.drawdown.wire.autoconfigure;

import io.drawdown.wire.EventHeadersInterceptor;
import io.drawdown.wire.avro.AvroDeserializer;
import io.drawdown.wire.avro.AvroSerializer;
import io.drawdown.wire.avro.TrustedRecords;
import io.drawdown.wire.deadletter.TolerantDeserializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Sets Drawdown's defaults for {@code spring.kafka.*}, below everything that a service or its operator sets. */
public final class WireDefaults implements EnvironmentPostProcessor {

    static final String SOURCE = "drawdownWireDefaults";

    private static final String COMMON = "spring.kafka.properties.";
    private static final String PRODUCER = "spring.kafka.producer.";
    private static final String CONSUMER = "spring.kafka.consumer.";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        TrustedRecords.trust(); // Before any generated class is loaded.
        if (!environment.getPropertySources().contains(SOURCE)) {
            environment.getPropertySources().addLast(new MapPropertySource(SOURCE, defaults()));
        }
    }

    private static Map<String, Object> defaults() {
        var defaults = new HashMap<String, Object>();
        defaults.putAll(registry());
        defaults.putAll(producer());
        defaults.putAll(consumer());
        defaults.putAll(session());
        defaults.put("spring.kafka.template.observation-enabled", "true");
        defaults.put("spring.kafka.listener.observation-enabled", "true");
        // Without a place in this order a status does not count at all.
        defaults.put("management.endpoint.health.status.order", "down,out-of-service,degraded,up,unknown");
        return defaults;
    }

    private static Map<String, String> registry() {
        return Map.of(
                COMMON + "schema.registry.url",
                "${drawdown.kafka.schema-registry-url:}",
                // Confluent's own class name: it is only a name to our serializer, and theirs needs it in full.
                COMMON + "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy",
                COMMON + "avro.remove.java.properties",
                "true");
    }

    private static Map<String, String> producer() {
        return Map.of(
                PRODUCER + "key-serializer",
                StringSerializer.class.getName(),
                PRODUCER + "value-serializer",
                AvroSerializer.class.getName(),
                PRODUCER + "acks",
                "all",
                PRODUCER + "properties.enable.idempotence",
                "true",
                PRODUCER + "properties.interceptor.classes",
                EventHeadersInterceptor.class.getName(),
                PRODUCER + "properties." + EventHeadersInterceptor.SOURCE_CONFIG,
                "${spring.application.name:}");
    }

    private static Map<String, String> consumer() {
        return Map.of(
                CONSUMER + "group-id",
                "${spring.application.name:}",
                CONSUMER + "auto-offset-reset",
                "earliest",
                CONSUMER + "enable-auto-commit",
                "false",
                // A backend may produce usage in Kafka transactions; what it aborts was never used.
                CONSUMER + "isolation-level",
                "read_committed",
                CONSUMER + "key-deserializer",
                StringDeserializer.class.getName(),
                CONSUMER + "value-deserializer",
                TolerantDeserializer.class.getName(),
                CONSUMER + "properties." + TolerantDeserializer.DELEGATE_CONFIG,
                AvroDeserializer.class.getName(),
                CONSUMER + "properties.specific.avro.reader",
                "true");
    }

    /** After a crash the partitions move on when the session ends: six seconds is the least a broker grants. */
    private static Map<String, String> session() {
        return Map.of(
                CONSUMER + "properties.session.timeout.ms",
                "6000",
                CONSUMER + "properties.heartbeat.interval.ms",
                "2000");
    }
}
