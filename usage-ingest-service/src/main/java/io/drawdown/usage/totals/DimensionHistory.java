package io.drawdown.usage.totals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps table {@code usage_total_dimensions}: what the setting of kept dimensions was when usage was counted. Where that is
 * corrected later, it is looked for, and what takes its place is put, as it was counted then.
 */
final class DimensionHistory {

    private final JdbcTemplate jdbc;
    private final KeptDimensions now;

    /** @param now the setting of this instance */
    DimensionHistory(JdbcTemplate jdbc, KeptDimensions now) {
        this.jdbc = jdbc;
        this.now = now;
    }

    /**
     * Notes the setting under which the next usage of some partitions is counted, in the same transaction.
     *
     * @param positions up to which source offset each partition was counted; what was noted behind them belongs to a count that was begun
     *     anew
     */
    void goOn(Map<Integer, Long> positions) {
        var partitions = positions.keySet().toArray(Integer[]::new);
        var offsets = positions.values().toArray(Long[]::new);
        jdbc.update("""
                delete from usage_total_dimensions as noted
                 using unnest(?::int[], ?::bigint[]) as counted (partition, source_offset)
                 where noted.partition = counted.partition and noted.from_offset > counted.source_offset
                """, partitions, offsets);
        jdbc.update("""
                insert into usage_total_dimensions (partition, from_offset, names)
                select partition, source_offset + 1, ?::text[]
                  from unnest(?::int[], ?::bigint[]) as counted (partition, source_offset)
                 where (select names from usage_total_dimensions as noted
                         where noted.partition = counted.partition
                         order by from_offset desc limit 1) is distinct from ?::text[]
                """, names(), partitions, offsets, names());
    }

    private String[] names() {
        return now.names().toArray(String[]::new);
    }

    /** What was kept apart of the usage at a source offset. */
    KeptDimensions at(int partition, long sourceOffset) {
        return noted(
                        "select names from usage_total_dimensions where partition = ? and from_offset <= ?"
                                + " order by from_offset desc limit 1",
                        partition,
                        sourceOffset)
                .or(() -> noted(
                        "select names from usage_total_dimensions where partition = ? order by from_offset limit 1",
                        partition))
                .orElse(now);
    }

    private Optional<KeptDimensions> noted(String query, Object... parameters) {
        return jdbc
                .query(
                        query,
                        (row, _) -> new KeptDimensions(
                                List.of((String[]) row.getArray(1).getArray())),
                        parameters)
                .stream()
                .findFirst();
    }
}
