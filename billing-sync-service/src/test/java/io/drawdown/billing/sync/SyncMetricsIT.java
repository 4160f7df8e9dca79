package io.drawdown.billing.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.billing.SyncPlatform;
import io.drawdown.billing.domain.ObjectKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ages that alerts go by, as a scrape shows them. */
class SyncMetricsIT extends SyncPlatform {

    /** Between two looks at the same thing. */
    private static final double PATIENCE_SECONDS = 60;

    @Autowired
    private SyncHealthQuery query;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void saysHowLongAgoTheNewestWebhookArrived() {
        var account = unique("acc");
        var customer = stripe.createCustomer(emailOf(account), Map.of("drawdown_account_id", account));
        await().atMost(Duration.ofSeconds(20)).until(() -> isJournaled(customer.getId()));

        assertThat(age("drawdown_stripe_webhook_age_seconds", Duration.ZERO)).isBetween(0.0, PATIENCE_SECONDS);
        assertThat(age("drawdown_stripe_webhook_age_seconds", Duration.ofHours(1)))
                .isBetween(3_600.0, 3_600 + PATIENCE_SECONDS);
        assertThat(registry.get("drawdown.stripe.webhook.age").gauge().value()).isBetween(0.0, PATIENCE_SECONDS);
    }

    @Test
    void saysHowLongTheOldestHasWaited() {
        var object = unique("cus");
        var requested = clock.instant().minus(Duration.ofDays(100));
        jdbc.sql(
                        "insert into refresh_request (object_kind, object_id, requested_at, next_attempt_at) values (?, ?, ?, ?)")
                .params(
                        ObjectKind.CUSTOMER.name(),
                        object,
                        Timestamp.from(requested),
                        Timestamp.from(clock.instant().plus(Duration.ofDays(1))))
                .update();
        try {
            var name = "drawdown_stripe_waiting_age_seconds{what=\"refreshes\"}";
            assertThat(age(name, Duration.ZERO)).isBetween(8_640_000.0, 8_640_000 + PATIENCE_SECONDS);
            assertThat(age(name, Duration.ofHours(1))).isBetween(8_643_600.0, 8_643_600 + PATIENCE_SECONDS);
            assertThat(registry.get("drawdown.stripe.waiting.age")
                            .tag("what", "refreshes")
                            .gauge()
                            .value())
                    .isBetween(8_640_000.0, 8_640_000 + PATIENCE_SECONDS);
            assertThat(age("drawdown_stripe_waiting{what=\"refreshes\"}", Duration.ZERO))
                    .isPositive();
        } finally {
            jdbc.sql("delete from refresh_request where object_id = ?")
                    .params(object)
                    .update();
        }
    }

    private boolean isJournaled(String customer) {
        return jdbc.sql("select exists (select from stripe_event where object_id = ? and source = 'WEBHOOK')")
                .params(customer)
                .query((row, _) -> row.getBoolean(1))
                .single();
    }

    /** What a scrape shows after so much time. */
    private double age(String name, Duration later) {
        var scraped = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new SyncMetrics(query, Clock.offset(clock, later)).bindTo(scraped);
        return scraped.scrape()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in a scrape"));
    }
}
