package io.drawdown.usage.totals;

import io.drawdown.events.usage.UsageMeasure;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps table {@code usage_value}: each usage of meters whose total is its last or largest value. When one of them is
 * corrected, what is left of the window tells the new total.
 */
final class UsageValues {

    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    UsageValues(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void add(List<CountedValue> values) {
        jdbc.batchUpdate(
                """
                insert into usage_value (source_partition, source_offset, account_id, meter_id, occurred_at, dimensions, value)
                values (?, ?, ?, ?, ?, ?::jsonb, ?)
                on conflict do nothing
                """,
                values.stream()
                        .map(each -> new Object[] {
                            each.partition(),
                            each.offset(),
                            each.accountId(),
                            each.meterId(),
                            Timestamp.from(each.occurredAt()),
                            json.writeValueAsString(each.dimensions()),
                            each.value()
                        })
                        .toList());
    }

    void remove(int partition, long offset) {
        jdbc.update("delete from usage_value where source_partition = ? and source_offset = ?", partition, offset);
    }

    /** @param keptThen what was kept apart when the usage was counted */
    void replace(int partition, long offset, UsageMeasure measure, KeptDimensions keptThen) {
        jdbc.update(
                """
                update usage_value set occurred_at = ?, dimensions = ?::jsonb, value = ?
                 where source_partition = ? and source_offset = ?
                """,
                Timestamp.from(measure.getOccurredAt()),
                json.writeValueAsString(keptThen.of(measure.getDimensions())),
                new BigDecimal(measure.getValue()),
                partition,
                offset);
    }

    /**
     * Finds the last and the largest value of a window anew. Only where every one of its values is here: a meter's usage of
     * before values were kept is not.
     */
    void recount(TotalKey key) {
        jdbc.update(
                """
                update usage_total as total
                   set max = found.max, last = found.last, last_at = found.last_at, last_offset = found.last_offset
                  from (select count(*) as events, max(value) as max, max(occurred_at) as last_at,
                               (array_agg(value order by occurred_at desc, source_offset desc))[1] as last,
                               (array_agg(source_offset order by occurred_at desc, source_offset desc))[1] as last_offset
                          from usage_value
                         where account_id = ? and meter_id = ? and occurred_at >= ? and occurred_at < ?
                           and dimensions = ?::jsonb) as found
                 where total.account_id = ? and total.meter_id = ? and total.span = ? and total.start_at = ?
                   and dimensions_digest(total.dimensions) = dimensions_digest(?::jsonb) and total.events = found.events and found.events > 0
                """,
                key.accountId(),
                key.meterId(),
                Timestamp.from(key.start()),
                Timestamp.from(key.end()),
                json.writeValueAsString(key.dimensions()),
                key.accountId(),
                key.meterId(),
                key.span().name(),
                Timestamp.from(key.start()),
                json.writeValueAsString(key.dimensions()));
    }

    /** When the usage of each partition occurred that was counted last. None is counted before it has come, but for fast clocks. */
    Map<Integer, Instant> reached() {
        var reached = new HashMap<Integer, Instant>();
        jdbc.query("""
                select partition, occurred_at
                  from usage_total_position,
                       lateral (select occurred_at from usage_value where source_partition = partition
                                 order by source_offset desc limit 1) as last
                """, row -> {
            reached.put(row.getInt("partition"), row.getTimestamp("occurred_at").toInstant());
        });
        return reached;
    }

    /** Drops what occurred before an instant, of one partition, at most {@code rows} at once so that no lock is held long. */
    int dropBefore(int partition, Instant instant, int rows) {
        return jdbc.update(
                "delete from usage_value where ctid = any(array("
                        + "select ctid from usage_value where source_partition = ? and occurred_at < ?"
                        + " order by occurred_at limit ?))",
                partition,
                Timestamp.from(instant),
                rows);
    }
}
