package io.drawdown.wire.autoconfigure;

import io.drawdown.wire.encoded.EncodedSender;
import io.drawdown.wire.outbox.JdbcOutbox;
import io.drawdown.wire.outbox.Outbox;
import io.drawdown.wire.outbox.OutboxBacklog;
import io.drawdown.wire.outbox.OutboxHealth;
import io.drawdown.wire.outbox.OutboxRelay;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.Location;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ProducerFactory;

/** An {@link Outbox} in the service's database, for services that ask for one with {@code drawdown.outbox.enabled}. */
@AutoConfiguration(
        after = WireAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration"
        })
@ConditionalOnClass(JdbcClient.class)
@ConditionalOnProperty("drawdown.outbox.enabled")
@EnableConfigurationProperties(OutboxProperties.class)
public final class OutboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    OutboxRelay outboxRelay(
            DataSource dataSource,
            ProducerFactory<?, ?> producers,
            OutboxProperties properties,
            @Value("${spring.application.name:unknown}") String source) {
        return new OutboxRelay(
                dataSource,
                EncodedSender.patient(producers, source + "-outbox"),
                source,
                properties.pollInterval(),
                properties.batchSize(),
                properties.relay());
    }

    @Bean
    @ConditionalOnMissingBean
    Outbox outbox(
            JdbcClient jdbc,
            EncodedSender sender,
            ObjectProvider<Clock> clock,
            OutboxRelay relay,
            ObjectProvider<TraceSource> trace) {
        return new JdbcOutbox(
                jdbc,
                sender,
                clock.getIfAvailable(Clock::systemUTC),
                trace.getIfAvailable(() -> () -> null),
                relay::wake);
    }

    @Bean
    @ConditionalOnMissingBean
    OutboxBacklog outboxBacklog(JdbcClient jdbc, ObjectProvider<Clock> clock) {
        return new OutboxBacklog(jdbc, clock.getIfAvailable(Clock::systemUTC));
    }

    /** Where the current trace is taken from; a type of its own, because a supplier of text could be anything. */
    interface TraceSource extends Supplier<@Nullable String> {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    static class Traced {

        @Bean
        @ConditionalOnMissingBean
        TraceSource outboxTraceSource(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
            var found = tracer.getIfAvailable();
            var injector = propagator.getIfAvailable();
            return found == null || injector == null ? () -> null : new CurrentTrace(found, injector)::get;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class Healthy {

        @Bean
        @ConditionalOnMissingBean
        OutboxHealth outboxHealthIndicator(OutboxRelay relay) {
            return new OutboxHealth(relay);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(FlywayConfigurationCustomizer.class)
    static class Migrated {

        /** The table comes with the service's own migrations; versions below 1 are never theirs. */
        @Bean
        FlywayConfigurationCustomizer outboxMigrations() {
            return flyway -> flyway.locations(
                    Stream.concat(Stream.of(flyway.getLocations()), Stream.of(new Location("classpath:db/wire")))
                            .distinct()
                            .toArray(Location[]::new));
        }
    }
}
