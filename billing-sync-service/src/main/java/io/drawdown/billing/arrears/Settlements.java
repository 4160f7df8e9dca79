package io.drawdown.billing.arrears;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code meter_event_settlement}, the audit trail of what was settled by hand: rows are added, never changed. */
@Repository
class Settlements {

    private final JdbcClient jdbc;

    Settlements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Settles a meter event that was refused or is irrevocable, in one step with the trail of it. Of one that was refused
     * Stripe lacks the quantity; of one that is irrevocable it has too much by that.
     *
     * @return false if it is neither, or is not there
     */
    boolean settle(long meterEventId, String reason, String by, Instant now) {
        return jdbc.sql("""
                with stopped as (
                    select * from meter_event where meter_event_id = :id and state in ('REFUSED', 'IRREVOCABLE') for update),
                settled as (
                    update meter_event set state = 'SETTLED', updated_at = :now, next_attempt_at = null from stopped
                    where meter_event.meter_event_id = stopped.meter_event_id)
                insert into meter_event_settlement (meter_event_id, account_id, meter_id, hour, state_before, quantity, reason,
                    settled_by, settled_at)
                select meter_event_id, account_id, meter_id, hour, state,
                    case state when 'REFUSED' then quantity else -quantity end, :reason, :by, :now
                from stopped""")
                        .param("id", meterEventId)
                        .param("reason", reason)
                        .param("by", by)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** Of one meter event, oldest first; mostly one, and another when its usage was corrected after that. */
    List<Settlement> of(long meterEventId) {
        return jdbc.sql("select * from meter_event_settlement where meter_event_id = ? order by settled_at")
                .params(meterEventId)
                .query((row, _) -> new Settlement(
                        State.valueOf(row.getString("state_before")),
                        ComparisonView.numeral(row.getBigDecimal("quantity")),
                        row.getString("reason"),
                        row.getString("settled_by"),
                        row.getTimestamp("settled_at").toInstant()))
                .list();
    }
}
