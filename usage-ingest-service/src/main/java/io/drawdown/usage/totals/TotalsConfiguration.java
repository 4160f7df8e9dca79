package io.drawdown.usage.totals;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Meter;
import io.drawdown.usage.correction.CorrectionTable;
import io.drawdown.usage.directory.AcceptanceProperties;
import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.wire.RecordAge;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import io.drawdown.wire.deadletter.DeadLetters;
import io.drawdown.wire.deadletter.Portions;
import io.drawdown.wire.deadletter.RewindingErrorHandler;
import io.drawdown.wire.listening.RationedConsumerFactory;
import io.drawdown.wire.view.CompactedTopicView;
import io.drawdown.wire.view.CompactedTopicViews;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TotalsProperties.class)
class TotalsConfiguration {

    private static final DataSize FETCHED_AT_ONCE = DataSize.ofMegabytes(4);
    private static final Duration FETCH_WAIT = Duration.ofSeconds(1);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** So that each takes a tenth of the time of one connection: totals that change all the time change less often then. */
    private static final int PAUSE_TIMES = 9;

    private static final Duration PAUSE_MOST = Duration.ofSeconds(10);

    @Bean
    TotalsTable totalsTable(JdbcTemplate jdbc, JsonMapper json) {
        return new TotalsTable(jdbc, json);
    }

    @Bean
    TotalsSearch totalsSearch(JdbcTemplate jdbc, JsonMapper json) {
        return new TotalsSearch(jdbc, json);
    }

    @Bean
    KeptDimensions keptDimensions(TotalsProperties properties) {
        return new KeptDimensions(properties.dimensions());
    }

    @Bean
    DimensionHistory dimensionHistory(JdbcTemplate jdbc, KeptDimensions kept) {
        return new DimensionHistory(jdbc, kept);
    }

    @Bean
    UsageValues usageValues(JdbcTemplate jdbc, JsonMapper json) {
        return new UsageValues(jdbc, json);
    }

    @Bean
    UsageTexts usageTexts(JdbcTemplate jdbc, JsonMapper json) {
        return new UsageTexts(jdbc, json);
    }

    @Bean
    Totals totals(
            TotalsTable table,
            UsageValues values,
            UsageTexts texts,
            CorrectionTable audit,
            KeptDimensions kept,
            DimensionHistory history,
            CompactedTopicView<Meter> meters,
            Clock clock) {
        return new Totals(table, values, texts, audit, kept, history, meters, clock);
    }

    @Bean
    UnstoredTotals unstoredTotals(TotalsTable table, Totals totals, TransactionOperations transactions) {
        return new UnstoredTotals(table, totals, transactions);
    }

    @Bean
    UnstoredRecords unstoredRecords() {
        return new UnstoredRecords();
    }

    @Bean
    Portions totalsPortions() {
        return new Portions(AcceptedUsageListener.ID);
    }

    @Bean
    AcceptedUsageListener acceptedUsageListener(
            UnstoredTotals unstored,
            UnstoredRecords records,
            Portions portions,
            DeadLetters deadLetters,
            MeterRegistry meters,
            Clock clock) {
        var age = new RecordAge(
                meters,
                "drawdown.usage.totals.age",
                "From the broker's storing of usage to its being in the totals, of the oldest event of each batch",
                clock);
        return new AcceptedUsageListener(unstored, records, portions, deadLetters, pace(), age);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> totalsListenerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers,
            UnstoredTotals unstored,
            UnstoredRecords records) {
        var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
        configurer.configure(factory, largeFetches(consumers));
        factory.setBatchListener(true);
        // What is not stored belongs to one thread.
        factory.setConcurrency(1);
        factory.setCommonErrorHandler(new RewindingErrorHandler(RETRY_PAUSE, (batch, consumer) -> {
            unstored.drop();
            records.rewind(batch, consumer);
        }));
        var container = factory.getContainerProperties();
        // The listener commits what it has stored.
        container.setAckMode(ContainerProperties.AckMode.MANUAL);
        container.setPollTimeout(IDLE.toMillis());
        container.setIdleEventInterval(IDLE.toMillis());
        return factory;
    }

    /** The broker waits for many events, or for a second: the more come together, the fewer rows they change. */
    private static ConsumerFactory<Object, Object> largeFetches(ConsumerFactory<Object, Object> consumers) {
        Map<String, Object> config = new HashMap<>(consumers.getConfigurationProperties());
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AcceptedUsageListener.POLLED_AT_ONCE);
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, (int) FETCHED_AT_ONCE.toBytes());
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) FETCH_WAIT.toMillis());
        var changed = new RationedConsumerFactory<Object, Object>(config);
        changed.setBeanName("totals"); // As the metrics name its consumers.
        consumers.getListeners().forEach(changed::addListener);
        return changed;
    }

    @Bean
    TotalsRetention totalsRetention(
            UsageValues values,
            UsageTexts texts,
            AcceptanceProperties acceptance,
            TotalsProperties properties,
            Clock clock) {
        return new TotalsRetention(values, texts, acceptance, properties, clock);
    }

    @Bean
    TotalsPublisher totalsPublisher(
            TotalsTable totals, UsageEncoder encoder, UsageLog log, TransactionOperations transactions) {
        return new TotalsPublisher(totals, encoder, log, transactions, pace());
    }

    private static Pace pace() {
        return new Pace(PAUSE_TIMES, PAUSE_MOST, System::nanoTime);
    }

    @Bean
    CompactedTopicView<Meter> meters(CompactedTopicViews views) {
        return views.open(Topic.CATALOG_METERS, Meter.class);
    }

    @Bean
    UsageController usageController(
            TotalsSearch totals,
            TotalsProperties properties,
            Admissions admissions,
            CompactedTopicView<Meter> meters,
            Clock clock) {
        return new UsageController(totals, properties, admissions.forRequests(), meters, clock);
    }
}
