package io.drawdown.reporting.projection;

import io.drawdown.reporting.amount.Columns;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code position}: how far each partition has been applied. */
@Repository
class Positions {

    /** Stands for a partition of which nothing has been applied. */
    static final long BEGINNING = 0;

    /** Fails when another reader of the same partition has begun meanwhile. */
    private static final String BEGIN = """
            insert into position (topic, partition, next_offset, record_at, applied_at)
            values (:topic, :partition, :next, :record, :now)""";

    private static final String ADVANCE = """
            update position set next_offset = :next, record_at = greatest(record_at, :record), applied_at = :now
            where topic = :topic and partition = :partition""";

    private final JdbcClient jdbc;
    private final Clock clock;

    Positions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The next offset of each of the topic's partitions that has one. */
    Map<Integer, Long> of(String topic) {
        return read("select partition, next_offset from position where topic = ?", topic);
    }

    /** The same, locked until the transaction ends: a rebuild waits, and so does another reader of a partition. */
    Map<Integer, Long> lock(String topic) {
        return read("select partition, next_offset from position where topic = ? order by partition for update", topic);
    }

    private Map<Integer, Long> read(String sql, String topic) {
        var offsets = new HashMap<Integer, Long>();
        jdbc.sql(sql).param(topic).query(row -> {
            offsets.put(row.getInt("partition"), row.getLong("next_offset"));
        });
        return offsets;
    }

    /** Goes on to the positions in the transaction of {@link #lock}; those that were not there must still not be. */
    void store(String topic, Map<Integer, Long> stored, Collection<Reached> reached) {
        reached.forEach(at -> {
            var sql = stored.containsKey(at.partition()) ? ADVANCE : BEGIN;
            jdbc.sql(sql)
                    .param("topic", topic)
                    .param("partition", at.partition())
                    .param("next", at.nextOffset())
                    .param("record", Columns.timestamp(at.recordAt()))
                    .param("now", Columns.timestamp(clock.instant()))
                    .update();
        });
    }

    /**
     * How far a partition has been applied.
     *
     * @param nextOffset the first offset that has not
     * @param recordAt when the last record that has was written to the topic
     */
    record Reached(int partition, long nextOffset, Instant recordAt) {}
}
