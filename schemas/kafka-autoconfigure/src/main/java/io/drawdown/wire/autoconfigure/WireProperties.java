package io.drawdown.wire.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is Drawdown's own about Kafka; everything else is {@code spring.kafka.*}.
 *
 * @param schemaRegistryUrl base of a Confluent-compatible schema registry's API; several, separated by commas
 * @param retry what happens to a record whose listener failed
 * @param views views of compacted topics
 */
@ConfigurationProperties("drawdown.kafka")
record WireProperties(
        @Nullable String schemaRegistryUrl,
        @DefaultValue Retry retry,
        @DefaultValue Views views) {

    /**
     * Before a record goes to the dead letters. What is down for a while (database, broker, registry) is waited for without
     * a limit and never counts.
     *
     * @param initialInterval wait before the second attempt
     * @param multiplier each further wait is longer by this factor
     * @param maxInterval no wait is longer; also the wait while something is down
     * @param maxRetries attempts after the first
     */
    record Retry(
            @DefaultValue("200ms") Duration initialInterval,
            @DefaultValue("2") double multiplier,
            @DefaultValue("5s") Duration maxInterval,
            @DefaultValue("5") int maxRetries) {}

    /**
     * Views of compacted topics.
     *
     * @param catchUpTimeout the service does not start when its views have not read their topics to the end by then
     */
    record Views(@DefaultValue("60s") Duration catchUpTimeout) {}
}
