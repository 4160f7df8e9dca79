package io.drawdown.billing.sync;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Makes what waits for another try due now. What is being worked on at this moment is waited for. */
@Repository
class Retries {

    private static final String REFRESH = """
            update refresh_request set next_attempt_at = least(next_attempt_at, :now)
            where object_kind = :kind and object_id = :id""";
    private static final String ACCOUNT = """
            update account_customer set next_attempt_at = least(next_attempt_at, :now)
            where account_id = :id and next_attempt_at is not null""";
    private static final String REPLENISHMENT = """
            update replenishment set next_attempt_at = least(next_attempt_at, :now)
            where replenishment_id = :id and next_attempt_at is not null""";
    private static final String METER_EVENT = """
            update meter_event set next_attempt_at = least(next_attempt_at, :now)
            where meter_event_id::text = :id and next_attempt_at is not null""";

    private final JdbcClient jdbc;
    private final Clock clock;

    Retries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Answers whether there was anything by that kind and id that waits. */
    boolean retry(String kind, String id) {
        var statement = switch (kind) {
            case "account" -> ACCOUNT;
            case "replenishment" -> REPLENISHMENT;
            case "meter-event" -> METER_EVENT;
            default -> REFRESH;
        };
        return jdbc.sql(statement)
                        .param("kind", kind.toUpperCase(Locale.ROOT))
                        .param("id", id)
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                > 0;
    }
}
