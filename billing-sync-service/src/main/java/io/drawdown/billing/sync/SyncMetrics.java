package io.drawdown.billing.sync;

import io.drawdown.billing.sync.SyncHealth.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How much waits and for how long, for alerts; read from the tables whenever the metrics are. */
@Component
class SyncMetrics implements MeterBinder {

    private final SyncHealthQuery query;
    private final Clock clock;

    SyncMetrics(SyncHealthQuery query, Clock clock) {
        this.query = query;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        backlog(registry, "refreshes", SyncHealth::refreshes);
        backlog(registry, "customers", SyncHealth::accountsWithoutCustomer);
        backlog(registry, "replenishments", SyncHealth::replenishments);
        backlog(registry, "meter-events", SyncHealth::meterEvents);
        backlog(registry, "meter-events-stopped", SyncHealth::meterEventsStopped);
        backlog(registry, "unreadable", SyncHealth::unreadable);
        Gauge.builder(
                        "drawdown.stripe.webhook.age",
                        query,
                        all -> ageSeconds(all.health().lastWebhookAt()))
                .description("Time since the newest webhook arrived")
                .baseUnit("seconds")
                .register(registry);
    }

    private void backlog(MeterRegistry registry, String what, Function<SyncHealth, Backlog> backlog) {
        Gauge.builder(
                        "drawdown.stripe.waiting",
                        query,
                        all -> backlog.apply(all.health()).waiting())
                .description("How much is still to be done at Stripe")
                .tag("what", what)
                .register(registry);
        Gauge.builder(
                        "drawdown.stripe.waiting.age",
                        query,
                        all -> ageSeconds(backlog.apply(all.health()).oldest()))
                .description("How long the oldest of it has waited")
                .tag("what", what)
                .baseUnit("seconds")
                .register(registry);
    }

    private double ageSeconds(@Nullable Instant since) {
        return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}
