package io.drawdown.wallet.usage;

import io.drawdown.wallet.usage.UsageIntake.Move;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Table {@code usage_position}, and what this instance believes it holds.
 *
 * <p>A position moves only from the value that this instance believes in. If another instance has moved it, the partition
 * is no longer ours: the transaction is rolled back, and belief starts again from the table.
 */
@Component
class UsagePositions {

    private static final Logger log = LoggerFactory.getLogger(UsagePositions.class);

    private final JdbcClient jdbc;
    private final JdbcOperations batches;
    private final Clock clock;
    private final Map<Integer, Position> believed = new ConcurrentHashMap<>();

    UsagePositions(JdbcClient jdbc, JdbcOperations batches, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
    }

    /** Reads the table again: at assignment, and after a failure. */
    Position reload(int partition) {
        believed.remove(partition);
        return of(partition);
    }

    /**
     * Has what was not recorded of a batch read again. While the database is down the batch's own begin will do: what is stored
     * is compared again before it is recorded.
     */
    void rewind(ConsumerRecords<?, ?> batch, Consumer<?, ?> consumer) {
        for (var partition : batch.partitions()) {
            long begin = batch.records(partition).getFirst().offset();
            consumer.seek(partition, storedOr(partition.partition(), begin));
        }
    }

    private long storedOr(int partition, long begin) {
        try {
            return reload(partition).nextOffset();
        } catch (RuntimeException e) {
            log.debug("The position of partition {} cannot be read yet: {}", partition, e.toString());
            return begin;
        }
    }

    /** What this instance believes, from the table when it believes nothing yet. */
    Position of(int partition) {
        return believed.computeIfAbsent(partition, this::stored);
    }

    private Position stored(int partition) {
        return jdbc.sql("select source_offset, next_offset from usage_position where source_partition = ?")
                .param(partition)
                .query((row, _) -> new Position(row.getLong(1), row.getLong(2)))
                .optional()
                .orElse(Position.START);
    }

    /**
     * Moves positions in the current transaction, one after the other: instances that meet take their locks in one order.
     *
     * @throws DisplacedException if the table no longer holds what one of them moves from
     */
    void move(SortedMap<Integer, Move> moves) {
        var moved = update(moves).iterator();
        moves.forEach((partition, move) -> {
            if (moved.nextInt() == 0 && !isInserted(partition, move)) {
                throw new DisplacedException(partition, move.from());
            }
        });
    }

    /** To be called after the commit of a move. */
    void believe(Map<Integer, Position> moved) {
        believed.putAll(moved);
    }

    /** All with one wait for the database, and how many rows of each have moved. */
    private IntStream update(SortedMap<Integer, Move> moves) {
        return Arrays.stream(batches.batchUpdate(
                "update usage_position set source_offset = ?, next_offset = ?, moved_at = ?"
                        + " where source_partition = ? and source_offset = ? and next_offset = ?",
                moves.entrySet().stream()
                        .map(move -> parameters(move.getKey(), move.getValue()))
                        .toList()));
    }

    private Object[] parameters(int partition, Move move) {
        return new Object[] {
            move.to().sourceOffset(),
            move.to().nextOffset(),
            now(),
            partition,
            move.from().sourceOffset(),
            move.from().nextOffset()
        };
    }

    private boolean isInserted(int partition, Move move) {
        return move.from().equals(Position.START) && insert(partition, move.to()) > 0;
    }

    private int insert(int partition, Position to) {
        return jdbc.sql("insert into usage_position (source_partition, source_offset, next_offset, moved_at)"
                        + " values (?, ?, ?, ?) on conflict do nothing")
                .params(partition, to.sourceOffset(), to.nextOffset(), now())
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
