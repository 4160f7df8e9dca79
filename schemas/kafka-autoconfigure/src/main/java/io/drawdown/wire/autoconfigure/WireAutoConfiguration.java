package io.drawdown.wire.autoconfigure;

import io.drawdown.wire.deadletter.DeadLetters;
import io.drawdown.wire.deadletter.PassingFailure;
import io.drawdown.wire.deadletter.PatientErrorHandler;
import io.drawdown.wire.deadletter.PoisonFilter;
import io.drawdown.wire.encoded.EncodedSender;
import io.drawdown.wire.listening.ListenerRevival;
import io.drawdown.wire.listening.ListenersHealth;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/** Error handling and dead letters of every listener; the settings of producers and consumers are {@link WireDefaults}. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(WireProperties.class)
public final class WireAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EncodedSender encodedSender(ProducerFactory<?, ?> producers) {
        return EncodedSender.like(producers);
    }

    @Bean
    @ConditionalOnMissingBean
    DeadLetters deadLetters(EncodedSender sender, KafkaAdmin admin) {
        return new DeadLetters(sender, admin);
    }

    @Bean
    @ConditionalOnMissingBean(CommonErrorHandler.class)
    PatientErrorHandler patientErrorHandler(
            DeadLetters deadLetters, WireProperties properties, ObjectProvider<PassingFailure> further) {
        var passing = further.orderedStream().toList();
        return new PatientErrorHandler(
                deadLetters,
                backOff(properties.retry()),
                properties.retry().maxInterval(),
                failure -> passing.stream().anyMatch(each -> each.passes(failure)));
    }

    @Bean
    @ConditionalOnMissingBean(BatchInterceptor.class)
    PoisonFilter poisonFilter(DeadLetters deadLetters) {
        return new PoisonFilter(deadLetters);
    }

    @Bean
    @ConditionalOnMissingBean
    ListenerRevival listenerRevival(WireProperties properties) {
        return new ListenerRevival(properties.retry().maxInterval());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class Healthy {

        @Bean
        @ConditionalOnMissingBean
        ListenersHealth kafkaListenersHealthIndicator(ObjectProvider<KafkaListenerEndpointRegistry> listeners) {
            return new ListenersHealth(listeners.getIfAvailable(KafkaListenerEndpointRegistry::new));
        }
    }

    /** {@link io.drawdown.wire.deadletter.TolerantDeserializer} yields null and a header; unseen, that were a tombstone. */
    @Bean
    static BeanPostProcessor undecodableValuesAreNoTombstones() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof AbstractKafkaListenerContainerFactory<?, ?, ?> factory) {
                    factory.getContainerProperties().setCheckDeserExWhenValueNull(true);
                }
                return bean;
            }
        };
    }

    private static BackOff backOff(WireProperties.Retry retry) {
        var backOff = new ExponentialBackOff(retry.initialInterval().toMillis(), retry.multiplier());
        backOff.setMaxInterval(retry.maxInterval().toMillis());
        backOff.setMaxAttempts(retry.maxRetries());
        return backOff;
    }
}
