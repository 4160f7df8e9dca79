package io.drawdown.wire.autoconfigure;

import io.drawdown.wire.outbox.OutboxBacklog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** {@code drawdown.outbox.backlog.age} (seconds) and {@code drawdown.outbox.backlog.size}. */
@AutoConfiguration(after = OutboxAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(OutboxBacklog.class)
public final class OutboxMetricsAutoConfiguration {

    @Bean
    MeterBinder outboxBacklogMetrics(OutboxBacklog backlog) {
        return registry -> {
            TimeGauge.builder("drawdown.outbox.backlog.age", () -> backlog.age().toMillis(), TimeUnit.MILLISECONDS)
                    .description("Age of the oldest record in the outbox that has not been sent")
                    .register(registry);
            Gauge.builder("drawdown.outbox.backlog.size", backlog::size)
                    .description("Records in the outbox that have not been sent")
                    .register(registry);
        };
    }
}
