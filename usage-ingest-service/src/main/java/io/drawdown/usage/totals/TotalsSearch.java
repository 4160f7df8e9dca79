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

    /** Senders choose how many combinations there are, and how long. */
    static final int GROUPS_MAX = 10_000;

    private static final int DIMENSION_BYTES_MAX = 4 * 1024 * 1024;

    /** The named ones of a row's dimensions. */
    private static final String GROUPED = """
            coalesce((select jsonb_object_agg(name, dimensions -> name)
                        from unnest(string_to_array(?, ',')) as name
                       where dimensions -> name is not null), '{}')""";

    /** Each group with how many were found, of which it leaves out what stands behind so many, or so many bytes. */
    private static final String BOUNDED = """
            select * from (
              select *, count(*) over () as found,
                     sum(octet_length(grouped::text))
                         over (order by window_at, grouped rows between unbounded preceding and 1 preceding) as bytes_before
                from (%%s) as groups) as bounded
             where coalesce(bytes_before, 0) < %d
             order by window_at, grouped
             limit %d
            """.formatted(DIMENSION_BYTES_MAX, GROUPS_MAX);

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
    Found find(Query query) {
        return found(
                """
                select (?::timestamptz[])[width_bucket(start_at, ?::timestamptz[])] as window_at, grouped, sum(events) as events, sum(sum) as sum,
                       max(max) as max, (array_agg(last order by last_at desc, last_offset desc))[1] as last
                  from (select *, %s as grouped
                          from usage_total
                         where account_id = ? and meter_id = ? and span = ? and start_at >= ? and start_at < ?
                           and events > 0) as totals
                 group by window_at, grouped
                """,
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
    Found findTexts(Query query) {
        return found(
                """
                select window_at, grouped, events, texts as sum, texts as max, texts as last
                  from (select (?::timestamptz[])[width_bucket(start_at, ?::timestamptz[])] as window_at, grouped, sum(events) as events,
                               count(distinct text) as texts
                          from (select *, %s as grouped
                                  from usage_text
                                 where account_id = ? and meter_id = ? and start_at >= ? and start_at < ?) as totals
                         group by window_at, grouped) as counted
                """,
                query.starts(),
                query.starts(),
                String.join(",", query.groupBy()),
                query.accountId(),
                query.meterId(),
                Timestamp.from(query.windows().start()),
                Timestamp.from(query.windows().end()));
    }

    private Found found(String groups, Object... parameters) {
        var rows = jdbc.query(
                BOUNDED.formatted(groups.formatted(GROUPED)),
                (row, _) -> new Row(
                        new Group(
                                instant(row, "window_at"),
                                dimensions(json, row.getString("grouped")),
                                row.getLong("events"),
                                row.getBigDecimal("sum"),
                                row.getBigDecimal("max"),
                                row.getBigDecimal("last")),
                        row.getLong("found")),
                parameters);
        return new Found(
                rows.stream().map(Row::group).toList(),
                rows.isEmpty() ? 0 : rows.getFirst().found());
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

    /**
     * What was found.
     *
     * @param groups at most {@value #GROUPS_MAX}, in the order of time, and fewer where their dimensions are long
     * @param inAll how many there are
     */
    record Found(List<Group> groups, long inAll) {

        boolean isWhole() {
            return groups.size() == inAll;
        }
    }

    private record Row(Group group, long found) {}
}
