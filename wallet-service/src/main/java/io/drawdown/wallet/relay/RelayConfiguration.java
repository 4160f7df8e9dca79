package io.drawdown.wallet.relay;

import io.drawdown.events.Topic;
import io.drawdown.wire.encoded.EncodedSender;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RelayProperties.class)
class RelayConfiguration {

    /** A consumer that skips by sequence would never see an event behind which the next one was delivered. */
    @Bean
    EncodedSender relaySender(ProducerFactory<?, ?> producers) {
        return EncodedSender.patient(producers, "wallet-relay");
    }

    @Bean
    Relay relay(
            DataSource dataSource,
            EncodedSender relaySender,
            ConsumerFactory<String, SpecificRecord> consumers,
            @Qualifier("eventSerializer") Serializer metaData,
            RelayProperties properties,
            MeterRegistry meters,
            @Value("${spring.application.name}") String serviceName) {
        var topic = Topic.Name.WALLET_EVENTS;
        var records = new WalletRecords(new WireBytes(relaySender, topic), metaData, topic, serviceName);
        return new Relay(
                dataSource,
                relaySender,
                records,
                new PublishedEvents(consumers),
                new PublishedCounts(meters),
                properties);
    }

    @Bean
    MeterBinder relayMetrics(Relay relay, Clock clock) {
        return meters -> {
            Gauge.builder("drawdown.wallet.relay.behind", relay, r -> r.status().behind())
                    .description("Wallet events that wait to be sent, where this instance relays")
                    .register(meters);
            TimeGauge.builder(
                            "drawdown.wallet.relay.age",
                            relay,
                            TimeUnit.MILLISECONDS,
                            r -> r.status().ageAt(clock.instant()).toMillis())
                    .description(
                            "How long the oldest wallet event has waited for the broker, where this instance relays")
                    .register(meters);
        };
    }
}
