package io.drawdown.wallet.usage;

import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wallet.ledger.WhenAsked;
import io.drawdown.wire.deadletter.PassingFailure;
import io.drawdown.wire.deadletter.Portions;
import io.drawdown.wire.deadletter.RewindingErrorHandler;
import io.drawdown.wire.listening.RationedConsumerFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UsageProperties.class)
class UsageConfiguration {

    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> usageListenerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers,
            UsageProperties properties,
            UsagePositions positions) {
        var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
        configurer.configure(factory, largeBatches(consumers, properties));
        factory.setBatchListener(true);
        factory.setCommonErrorHandler(new RewindingErrorHandler(properties.retryPause(), positions::rewind));
        var container = factory.getContainerProperties();
        // A span for each record would cost more than the record.
        container.setObservationEnabled(false);
        // Where to read on stands in the database; the broker is told for those who watch the lag.
        container.setAckMode(ContainerProperties.AckMode.TIME);
        container.setAckTime(COMMIT_INTERVAL.toMillis());
        // It waits for the database some times a batch: on a virtual thread another would have to wake it each time.
        container.setListenerTaskExecutor(new SimpleAsyncTaskExecutor(UsageListener.ID + "-"));
        return factory;
    }

    @Bean
    Portions usagePortions(PassingFailure further) {
        return new Portions(UsageListener.ID, further);
    }

    private static ConsumerFactory<Object, Object> largeBatches(
            ConsumerFactory<Object, Object> consumers, UsageProperties properties) {
        Map<String, Object> config = new HashMap<>(consumers.getConfigurationProperties());
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.maxBatch());
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, (int)
                properties.fetchMinBytes().toBytes());
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int)
                properties.fetchMaxWait().toMillis());
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, (int)
                properties.fetchMaxBytes().toBytes());
        var changed = new RationedConsumerFactory<Object, Object>(config);
        changed.setBeanName("usage"); // As the metrics name its consumers.
        consumers.getListeners().forEach(changed::addListener);
        return changed;
    }

    @Bean
    WhenAsked parkedUsageReplays(
            ParkedUsageReplay usage,
            ParkedCorrectionReplay corrections,
            Catalogue catalogue,
            Wallets wallets,
            UsageProperties properties) {
        var replays = new WhenAsked("parked-usage-replay", properties.replayEvery(), () -> {
            usage.replay();
            corrections.replay();
        });
        catalogue.onChange(replays::ask);
        wallets.onOpened(replays::ask);
        return replays;
    }

    @Bean
    WhenAsked replayedUsageTrimming(ReplayedUsageTable replayed, UsageProperties properties, Clock clock) {
        return new WhenAsked(
                "replayed-usage-trimming",
                Duration.ofHours(1),
                () -> replayed.forgetBefore(clock.instant().minus(properties.correctable())));
    }
}
