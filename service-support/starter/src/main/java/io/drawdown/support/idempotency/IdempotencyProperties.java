package io.drawdown.support.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How idempotent requests are kept.
 *
 * @param waitLimit how long a repeat waits for the first request of its key before it is told to come back
 * @param retention how long a key is remembered; a repeat later than that is a new request
 */
@ConfigurationProperties("drawdown.idempotency")
public record IdempotencyProperties(
        @DefaultValue("10s") Duration waitLimit,
        @DefaultValue("35d") Duration retention) {}
