package io.drawdown.wire.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The outbox.
 *
 * @param enabled whether the service has one; it then needs a PostgreSQL database
 * @param relay whether this instance may send what is in it; false leaves that to others
 * @param pollInterval how long at most until a record is found that another instance has committed
 * @param batchSize how many records are under way at once
 */
@ConfigurationProperties("drawdown.outbox")
record OutboxProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("true") boolean relay,
        @DefaultValue("250ms") Duration pollInterval,
        @DefaultValue("500") int batchSize) {}
