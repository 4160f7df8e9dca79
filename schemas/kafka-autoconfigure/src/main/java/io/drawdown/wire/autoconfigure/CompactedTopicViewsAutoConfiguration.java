package io.drawdown.wire.autoconfigure;

import io.drawdown.wire.deadletter.TolerantDeserializer;
import io.drawdown.wire.view.CompactedTopicViews;
import io.drawdown.wire.view.CompactedTopicViewsHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

/** {@link CompactedTopicViews} with the settings of the service's consumers. */
@AutoConfiguration(after = WireAutoConfiguration.class)
public final class CompactedTopicViewsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CompactedTopicViews compactedTopicViews(ConsumerFactory<?, ?> consumers, WireProperties properties) {
        var config = consumers.getConfigurationProperties();
        return new CompactedTopicViews(
                () -> consumer(config),
                () -> deserializer(config),
                properties.views().catchUpTimeout());
    }

    private static Consumer<String, byte[]> consumer(Map<String, Object> of) {
        var config = new HashMap<>(of);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.computeIfPresent(ConsumerConfig.CLIENT_ID_CONFIG, (key, id) -> id + "-view");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Deserializer<?> deserializer(Map<String, Object> config) {
        var named = config.getOrDefault(
                TolerantDeserializer.DELEGATE_CONFIG, config.get(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG));
        try {
            var deserializer = named instanceof Class<?> type
                    ? (Deserializer<?>) Utils.newInstance(type)
                    : Utils.newInstance(String.valueOf(named), Deserializer.class);
            deserializer.configure(config, false);
            return deserializer;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "The consumers' value deserializer " + named + " is not on the class path", e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class Healthy {

        @Bean
        @ConditionalOnMissingBean
        CompactedTopicViewsHealth compactedTopicViewsHealthIndicator(CompactedTopicViews views) {
            return new CompactedTopicViewsHealth(views);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Measured {

        @Bean
        MeterBinder compactedTopicViewsMetrics(CompactedTopicViews views) {
            return registry -> Gauge.builder("drawdown.views.unreadable", views, Measured::unreadable)
                    .description("Keys of compacted topics whose last record cannot be decoded")
                    .register(registry);
        }

        private static double unreadable(CompactedTopicViews views) {
            return views.status().stream()
                    .mapToInt(view -> view.unreadable().size())
                    .sum();
        }
    }
}
