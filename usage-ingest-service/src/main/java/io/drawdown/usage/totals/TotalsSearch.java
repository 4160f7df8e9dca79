package io.drawdown.usage.totals;

import static io.drawdown.usage.totals.TotalColumns.dimensions;
import static io.drawdown.usage.totals.TotalColumns.instant;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Finds what was used in tables {@code usage_total} and {@code usage_text}. */
final class TotalsSearch {

    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    TotalsSearch(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * The totals of the windows from one start, inclusive, to another, exclusive, added up over all dimensions but those
     * that are named.
     */
    List<Group> find(Query query) {
        return jdbc.query(
                """
                select (?::timestamptz[])[width_bucket(start_at, ?::timestamptz[])] as window_at, grouped, sum(events) as events, sum(sum) as sum,
                       max(max) as max, (array_agg(last order by last_at desc, last_offset desc))[1] as last
                  from (select *, coalesce((select jsonb_object_agg(name, dimensions -> name)
                                              from unnest(string_to_array(?, ',')) as name
                                             where dimensions -> name is not null), '{}') as grouped
                          from usage_total
                         where account_id = ? and meter_id = ? and span = ? and start_at >= ? and start_at < ?
                           and events > 0) as totals
                 group by window_at, grouped
                 order by window_at, grouped
                """,
                (row, _) -> new Group(
                        instant(row, "window_at"),
                        dimensions(json, row.getString("grouped")),
                        row.getLong("events"),
                        row.getBigDecimal("sum"),
                        row.getBigDecimal("max"),
                        row.getBigDecimal("last")),
                query.starts(),
                query.starts(),
                String.join(",", query.groupBy()),
                query.accountId(),
                query.meterId(),
                query.windows().length().span().name(),
                Timestamp.from(query.windows().start()),
                Timestamp.from(query.windows().end()));
    }

    /** As {@link #find}, of a meter that counts unique texts: the sum is how many different texts there were. */
    List<Group> findTexts(Query query) {
        return jdbc.query(
                """
                select (?::timestamptz[])[width_bucket(start_at, ?::timestamptz[])] as window_at, grouped, sum(events) as events,
                       count(distinct text) as texts
                  from (select *, coalesce((select jsonb_object_agg(name, dimensions -> name)
                                              from unnest(string_to_array(?, ',')) as name
                                             where dimensions -> name is not null), '{}') as grouped
                          from usage_text
                         where account_id = ? and meter_id = ? and start_at >= ? and start_at < ?) as totals
                 group by window_at, grouped
                 order by window_at, grouped
                """,
                (row, _) -> {
                    var texts = row.getBigDecimal("texts");
                    return new Group(
                            instant(row, "window_at"),
                            dimensions(json, row.getString("grouped")),
                            row.getLong("events"),
                            texts,
                            texts,
                            texts);
                },
                query.starts(),
                query.starts(),
                String.join(",", query.groupBy()),
                query.accountId(),
                query.meterId(),
                Timestamp.from(query.windows().start()),
                Timestamp.from(query.windows().end()));
    }

    /** What is asked for. */
    record Query(String accountId, String meterId, Windows windows, List<String> groupBy) {

        private String[] starts() {
            return windows.starts().stream().map(Instant::toString).toArray(String[]::new);
        }
    }

    /** What one window has for one combination of the dimensions that were named. */
    record Group(
            Instant start,
            SortedMap<String, String> dimensions,
            long events,
            BigDecimal sum,
            BigDecimal max,
            BigDecimal last) {}
}
