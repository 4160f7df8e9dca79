package io.drawdown.usage.gate;

import io.drawdown.usage.directory.AcceptanceProperties;
import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.domain.CorrectionRules;
import io.drawdown.usage.wire.UsageDecoder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GateProperties.class)
class GateConfiguration {

    @Bean
    GateMetrics gateMetrics(MeterRegistry registry) {
        return new GateMetrics(registry);
    }

    @Bean
    GateStreams gateStreams(
            @Value("${spring.application.name}") String applicationId,
            KafkaAdmin admin,
            ProducerFactory<?, ?> producers,
            GateProperties properties,
            AcceptanceProperties acceptance,
            Processors processors) {
        var connection = new HashMap<>(admin.getConfigurationProperties());
        return new GateStreams(() -> {
            var topics = GateTopics.check(connection);
            var settings =
                    GateSettings.of(applicationId, connection, properties, acceptance.horizon(), topics.eventsId());
            var topology = processors.topology(topics, producers.getConfigurationProperties());
            return new KafkaStreams(topology, settings, new GateClients(applicationId));
        });
    }

    @Bean
    Processors processors(
            UsageDecoder decoder,
            Admissions admissions,
            GateMetrics metrics,
            AcceptanceProperties acceptance,
            ConsumerFactory<?, ?> consumers,
            Clock clock) {
        var config = consumers.getConfigurationProperties();
        return new Processors(
                decoder,
                admissions,
                metrics,
                acceptance.horizon(),
                clock,
                new CorrectionRules(acceptance.window()),
                new AcceptedLog(config),
                () -> new LogPastRecords(config));
    }

    @Bean
    GateHealth gateHealthIndicator(GateStreams gate) {
        return new GateHealth(gate);
    }

    @Bean
    Gauge gateLag(GateStreams gate, MeterRegistry registry) {
        return Gauge.builder("drawdown.usage.lag", gate, GateStreams::lag)
                .description("Records of usage.events.v1 that wait for a verdict, in the partition that has most")
                .baseUnit("records")
                .register(registry);
    }
}
