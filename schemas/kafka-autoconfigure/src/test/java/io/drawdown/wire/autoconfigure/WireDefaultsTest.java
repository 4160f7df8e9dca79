package io.drawdown.wire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wire.EventHeadersInterceptor;
import io.drawdown.wire.avro.AvroDeserializer;
import io.drawdown.wire.avro.AvroSerializer;
import io.drawdown.wire.deadletter.PatientErrorHandler;
import io.drawdown.wire.deadletter.TolerantDeserializer;
import io.drawdown.wire.outbox.Outbox;
import io.drawdown.wire.view.CompactedTopicViews;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;

class WireDefaultsTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    KafkaAutoConfiguration.class,
                    WireAutoConfiguration.class,
                    CompactedTopicViewsAutoConfiguration.class,
                    OutboxAutoConfiguration.class))
            .withInitializer(context ->
                    new WireDefaults().postProcessEnvironment(context.getEnvironment(), new SpringApplication()))
            .withPropertyValues(
                    "spring.application.name=wallet-service",
                    "drawdown.kafka.schema-registry-url=http://registry:8081");

    @Test
    void writesAvroThatAllInSyncReplicasHaveAcknowledged() {
        service.run(context -> assertThat(context.getBean(ProducerFactory.class).getConfigurationProperties())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("key.serializer", StringSerializer.class)
                .containsEntry("value.serializer", AvroSerializer.class)
                .containsEntry("schema.registry.url", "http://registry:8081")
                .containsEntry("interceptor.classes", EventHeadersInterceptor.class.getName())
                .containsEntry(EventHeadersInterceptor.SOURCE_CONFIG, "wallet-service"));
    }

    @Test
    void readsGeneratedClassesFromTheBeginningInTheServicesGroup() {
        service.run(context -> assertThat(context.getBean(ConsumerFactory.class).getConfigurationProperties())
                .containsEntry("group.id", "wallet-service")
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("session.timeout.ms", "6000")
                .containsEntry("heartbeat.interval.ms", "2000")
                .containsEntry("value.deserializer", TolerantDeserializer.class)
                .containsEntry(TolerantDeserializer.DELEGATE_CONFIG, AvroDeserializer.class.getName())
                .containsEntry("specific.avro.reader", "true"));
    }

    @Test
    void givesWayToConfluentsSerdeInOneLineEach() {
        service.withPropertyValues(
                        "spring.kafka.producer.properties.value.serializer=io.confluent.kafka.serializers.KafkaAvroSerializer",
                        "spring.kafka.consumer.properties[spring.deserializer.value.delegate.class]="
                                + "io.confluent.kafka.serializers.KafkaAvroDeserializer")
                .run(context -> {
                    assertThat(context.getBean(ProducerFactory.class).getConfigurationProperties())
                            .containsEntry("value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer")
                            .containsEntry(
                                    "value.subject.name.strategy",
                                    "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
                    assertThat(context.getBean(ConsumerFactory.class).getConfigurationProperties())
                            .containsEntry(
                                    TolerantDeserializer.DELEGATE_CONFIG,
                                    "io.confluent.kafka.serializers.KafkaAvroDeserializer");
                });
    }

    @Test
    void letsTheServiceOverrideAnyDefault() {
        service.withPropertyValues(
                        "spring.kafka.consumer.group-id=another", "spring.kafka.consumer.auto-offset-reset=latest")
                .run(context -> assertThat(
                                context.getBean(ConsumerFactory.class).getConfigurationProperties())
                        .containsEntry("group.id", "another")
                        .containsEntry("auto.offset.reset", "latest"));
    }

    @Test
    void providesATemplateForRecordsAndViewsButNoOutboxUnasked() {
        service.withUserConfiguration(NeedsTemplate.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(KafkaTemplate.class)
                        .hasSingleBean(CompactedTopicViews.class)
                        .hasSingleBean(PatientErrorHandler.class)
                        .doesNotHaveBean(Outbox.class));
    }

    @Test
    void needsNoRegistryBeforeSomethingIsSent() {
        service.withPropertyValues("drawdown.kafka.schema-registry-url=")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void givesWayToTheServicesOwnErrorHandler() {
        service.withUserConfiguration(OwnErrorHandler.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(CommonErrorHandler.class)
                        .doesNotHaveBean(PatientErrorHandler.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedsTemplate {
        @Bean
        String usesTemplate(KafkaTemplate<String, SpecificRecord> kafka) {
            return kafka.toString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnErrorHandler {
        @Bean
        CommonErrorHandler own() {
            return new DefaultErrorHandler();
        }
    }
}
