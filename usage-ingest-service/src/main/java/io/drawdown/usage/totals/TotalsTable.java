package io.drawdown.usage.totals;

import static io.drawdown.usage.totals.TotalColumns.dimensions;
import static io.drawdown.usage.totals.TotalColumns.instant;
import static java.util.Objects.requireNonNull;

import io.drawdown.support.time.Interval;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import tools.jackson.databind.json.JsonMapper;

/** Keeps tables {@code usage_total} and {@code usage_total_position}, and takes from the first what is to be published. */
final class TotalsTable {

    private static final String ADD = """
            insert into usage_total as stored (account_id, meter_id, span, start_at, end_at, dimensions, events, sum, max, last,
                   last_at, last_offset, updated_at)
            select account_id, meter_id, span, start_at, end_at, dimensions::jsonb, events, sum, max, last, last_at, last_offset, ?
              from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::bigint[],
                          ?::numeric[], ?::numeric[], ?::numeric[], ?::timestamptz[], ?::bigint[])
                   as added (account_id, meter_id, span, start_at, end_at, dimensions, events, sum, max, last, last_at,
                             last_offset)
            on conflict (account_id, meter_id, span, start_at, dimensions_digest(dimensions)) do update
               set events = stored.events + excluded.events,
                   sum = stored.sum + excluded.sum,
                   max = greatest(stored.max, excluded.max),
                   last = case when (excluded.last_at, excluded.last_offset) > (stored.last_at, stored.last_offset)
                               then excluded.last else stored.last end,
                   last_offset = case when (excluded.last_at, excluded.last_offset) > (stored.last_at, stored.last_offset)
                                      then excluded.last_offset else stored.last_offset end,
                   last_at = greatest(stored.last_at, excluded.last_at),
                   version = stored.version + 1,
                   updated_at = excluded.updated_at
            """;

    /** Few, since each may have hundreds of kilobytes of dimensions. */
    static final int FETCHED_AT_ONCE = 10;

    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    TotalsTable(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Up to which source offset a partition was counted; -1 when nothing was. */
    long position(int partition) {
        return jdbc
                .queryForList(
                        "select source_offset from usage_total_position where partition = ?", Long.class, partition)
                .stream()
                .findFirst()
                .orElse(-1L);
    }

    /** Up to which source offset each partition was counted; other transactions wait here until this one ends. */
    Map<Integer, Long> lockPositions(Collection<Integer> partitions) {
        var numbers = partitions.toArray(Integer[]::new);
        jdbc.update(
                "insert into usage_total_position (partition, source_offset) select unnest(?::int[]), -1"
                        + " on conflict do nothing",
                new Object[] {numbers});
        var positions = new HashMap<Integer, Long>();
        jdbc.query(
                "select partition, source_offset from usage_total_position where partition = any(?::int[])"
                        + " order by partition for update",
                row -> {
                    positions.put(row.getInt("partition"), row.getLong("source_offset"));
                },
                new Object[] {numbers});
        return positions;
    }

    void movePositions(Map<Integer, Long> positions) {
        var rows = positions.entrySet().stream()
                .map(position -> new Object[] {position.getValue(), position.getKey()})
                .toList();
        jdbc.batchUpdate("update usage_total_position set source_offset = ? where partition = ?", rows);
    }

    /** In one statement, however many they are: a statement for each would cost the database more than the rows. */
    void add(Map<TotalKey, Tally> tallies, Instant now) {
        if (tallies.isEmpty()) {
            return;
        }
        var rows = List.copyOf(tallies.entrySet());
        jdbc.update(
                ADD,
                Timestamp.from(now),
                column(rows, row -> row.getKey().accountId()),
                column(rows, row -> row.getKey().meterId()),
                column(rows, row -> row.getKey().span().name()),
                column(rows, row -> row.getKey().start().toString()),
                column(rows, row -> row.getKey().end().toString()),
                column(rows, row -> json.writeValueAsString(row.getKey().dimensions())),
                column(rows, row -> Long.toString(row.getValue().events())),
                column(rows, row -> row.getValue().sum().toPlainString()),
                column(rows, row -> row.getValue().max().toPlainString()),
                column(rows, row -> row.getValue().last().toPlainString()),
                column(rows, row -> row.getValue().lastAt().toString()),
                column(rows, row -> Long.toString(row.getValue().lastOffset())));
    }

    private static String[] column(
            List<Map.Entry<TotalKey, Tally>> rows, Function<Map.Entry<TotalKey, Tally>, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    /** Changes a total by so many events and so much; without events there is no largest and no last one. */
    void change(TotalKey key, long events, BigDecimal sum, Instant now) {
        jdbc.update(
                """
                update usage_total
                   set events = events + ?,
                       sum = sum + ?,
                       max = case when events + ? = 0 then 0 else max end,
                       last = case when events + ? = 0 then 0 else last end,
                       last_at = case when events + ? = 0 then start_at else last_at end,
                       last_offset = case when events + ? = 0 then -1 else last_offset end,
                       version = version + 1,
                       updated_at = ?
                 where account_id = ? and meter_id = ? and span = ? and start_at = ?
                   and dimensions_digest(dimensions) = dimensions_digest(?::jsonb)
                """,
                events,
                sum,
                events,
                events,
                events,
                events,
                Timestamp.from(now),
                key.accountId(),
                key.meterId(),
                key.span().name(),
                Timestamp.from(key.start()),
                json.writeValueAsString(key.dimensions()));
    }

    /**
     * Takes those that usage.totals.v1 does not have yet for published, which is true once the transaction ends, in which this must
     * be called; until then no other instance takes or changes them, nor up to {@value #FETCHED_AT_ONCE} others.
     *
     * @param rows most of them
     * @param bytes of dimensions, as JSON, with which it takes no further one
     * @return fewer of both only when there are no more, or others have them
     */
    List<StoredTotal> takeUnpublished(int rows, long bytes) {
        var places = new ArrayList<String>();
        var taken = requireNonNull(
                jdbc.query(connection -> unpublished(connection, rows), (ResultSetExtractor<List<StoredTotal>>)
                        result -> take(result, bytes, places)));
        // In a statement of its own: one that had changed since the first began is where only the next one sees it.
        jdbc.update(
                "update usage_total set published = version where ctid = any(?::tid[])",
                new Object[] {places.toArray(String[]::new)});
        return taken;
    }

    /** Read through a cursor, so that the database reads and locks no more of them than are fetched. */
    private static PreparedStatement unpublished(Connection connection, int rows) throws SQLException {
        var statement = connection.prepareStatement("""
                select ctid, account_id, meter_id, span, start_at,
                       coalesce(end_at, start_at + case span when 'DAY' then interval '24 hours' else interval '1 hour' end)
                           as end_at, dimensions, events, sum, max, last, last_at, last_offset,
                       version, updated_at
                  from usage_total
                 where is_unpublished
                 limit ?
                   for update skip locked
                """);
        statement.setInt(1, rows);
        statement.setFetchSize(FETCHED_AT_ONCE);
        return statement;
    }

    private List<StoredTotal> take(ResultSet unpublished, long bytes, List<String> places) throws SQLException {
        var taken = new ArrayList<StoredTotal>();
        long left = bytes;
        while (left > 0 && unpublished.next()) {
            var total = stored(unpublished);
            taken.add(total);
            places.add(unpublished.getString("ctid"));
            left -= total.dimensionBytes();
        }
        return taken;
    }

    private StoredTotal stored(ResultSet row) throws SQLException {
        var dimensions = row.getString("dimensions");
        var key = new TotalKey(
                row.getString("account_id"),
                row.getString("meter_id"),
                Span.valueOf(row.getString("span")),
                window(row),
                dimensions(json, dimensions));
        return new StoredTotal(key, dimensions, tally(row), row.getLong("version"), instant(row, "updated_at"));
    }

    private static Interval window(ResultSet row) throws SQLException {
        return new Interval(instant(row, "start_at"), instant(row, "end_at"));
    }

    private static Tally tally(ResultSet row) throws SQLException {
        return new Tally(
                row.getLong("events"),
                row.getBigDecimal("sum"),
                row.getBigDecimal("max"),
                row.getBigDecimal("last"),
                instant(row, "last_at"),
                row.getLong("last_offset"));
    }
}
