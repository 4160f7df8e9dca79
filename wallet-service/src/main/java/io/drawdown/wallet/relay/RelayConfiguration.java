package io.drawdown.wallet.relay;

import io.drawdown.events.Topic;
import io.drawdown.wallet.store.WalletEventSerializer;
import io.drawdown.wire.encoded.EncodedSender;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    private static final String NAME = "relay";

    @Bean
    Relay relay(
            WalletEventSerializer serializer,
            ProducerFactory<?, ?> producers,
            @Value("${spring.application.name}") String serviceName) {
        return new Relay(serializer, patientSender(producers), Topic.Name.WALLET_EVENTS, serviceName);
    }

    /**
     * Waits for the broker as long as it takes. A producer that gave an event up after two minutes could still deliver the
     * one behind it, and a consumer that skips by sequence would then never see the first.
     */
    private static EncodedSender patientSender(ProducerFactory<?, ?> producers) {
        Map<String, Object> config = new HashMap<>(producers.getConfigurationProperties());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "wallet-relay");
        return EncodedSender.like(new DefaultKafkaProducerFactory<>(config));
    }

    /** Errors propagate: a failed batch is sent again from its start, nothing is skipped. */
    @Bean
    TrackingEventProcessor relayProcessor(
            Relay relay,
            EventStore events,
            TokenStore tokens,
            TransactionManager transactions,
            @Value("${drawdown.wallet.relay.batch-size:5000}") int batchSize) {
        return TrackingEventProcessor.builder()
                .name(NAME)
                .eventHandlerInvoker(relay)
                .messageSource(events)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .errorHandler(PropagatingErrorHandler.instance())
                .trackingEventProcessorConfiguration(TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                        .andBatchSize(batchSize)
                        .andTokenClaimInterval(1, TimeUnit.SECONDS))
                .build();
    }

    @Bean
    RelayLifecycle relayLifecycle(TrackingEventProcessor relayProcessor) {
        return new RelayLifecycle(relayProcessor);
    }
}
