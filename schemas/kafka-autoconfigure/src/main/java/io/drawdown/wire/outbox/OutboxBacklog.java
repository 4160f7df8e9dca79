package io.drawdown.wire.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much waits to be sent, and for how long; asked of the table, so that it shows even when no relay runs. */
public final class OutboxBacklog {

    private final JdbcClient jdbc;
    private final Clock clock;

    public OutboxBacklog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The age of the oldest record that has not been sent; zero when there is none. */
    public Duration age() {
        return jdbc.sql("select created_at from wire_outbox order by id limit 1")
                .query(OffsetDateTime.class)
                .optional()
                .map(oldest -> Duration.between(oldest.toInstant(), clock.instant()))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** How many records have not been sent. */
    public long size() {
        return jdbc.sql("select count(*) from wire_outbox").query(Long.class).single();
    }
}
