package io.drawdown.usage.totals;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Meter;
import io.drawdown.usage.correction.CorrectionTable;
import io.drawdown.usage.directory.AcceptanceProperties;
import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import io.drawdown.wire.view.CompactedTopicView;
import io.drawdown.wire.view.CompactedTopicViews;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TotalsProperties.class)
class TotalsConfiguration {

    @Bean
    TotalsTable totalsTable(JdbcTemplate jdbc, JsonMapper json) {
        return new TotalsTable(jdbc, json);
    }

    @Bean
    KeptDimensions keptDimensions(TotalsProperties properties) {
        return new KeptDimensions(properties.dimensions());
    }

    @Bean
    UsageValues usageValues(JdbcTemplate jdbc, JsonMapper json, KeptDimensions kept) {
        return new UsageValues(jdbc, json, kept);
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
            CompactedTopicView<Meter> meters,
            Clock clock) {
        return new Totals(table, values, texts, audit, kept, meters, clock);
    }

    @Bean
    AcceptedUsageListener acceptedUsageListener(TotalsTable table, Totals totals, TransactionOperations transactions) {
        return new AcceptedUsageListener(table, totals, transactions);
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
        return new TotalsPublisher(totals, encoder, log, transactions);
    }

    @Bean
    CompactedTopicView<Meter> meters(CompactedTopicViews views) {
        return views.open(Topic.CATALOG_METERS, Meter.class);
    }

    @Bean
    UsageController usageController(
            TotalsTable totals,
            TotalsProperties properties,
            Admissions admissions,
            CompactedTopicView<Meter> meters,
            Clock clock) {
        return new UsageController(totals, properties, admissions.forRequests(), meters, clock);
    }
}
