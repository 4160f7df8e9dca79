package io.drawdown.support.idempotency;

import io.drawdown.support.time.ClockAutoConfiguration;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.Location;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Gives {@link IdempotentRequests} and its table to every service with a database. */
@AutoConfiguration(
        after = {
            ClockAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            JacksonAutoConfiguration.class,
            JdbcClientAutoConfiguration.class,
            TransactionAutoConfiguration.class
        },
        before = FlywayAutoConfiguration.class)
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(IdempotencyProperties.class)
public final class IdempotencyAutoConfiguration {

    private static final String LOCATION = "classpath:db/support";

    @Bean
    @ConditionalOnMissingBean
    IdempotentRequests idempotentRequests(
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            JsonMapper json,
            Clock clock,
            IdempotencyProperties properties) {
        return new IdempotentRequests(
                new TransactionTemplate(transactions), new RequestMemory(jdbc, clock, properties), new JsonForm(json));
    }

    /** Adds to the service's own migrations, whose versions start at 1; ours are below. */
    @Bean
    FlywayConfigurationCustomizer supportMigrations() {
        return configuration -> configuration.locations(
                Stream.concat(Arrays.stream(configuration.getLocations()), Stream.of(new Location(LOCATION)))
                        .toArray(Location[]::new));
    }
}
