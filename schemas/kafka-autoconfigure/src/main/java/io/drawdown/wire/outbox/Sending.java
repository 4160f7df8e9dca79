package io.drawdown.wire.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;

/** One batch on its way to the broker. */
final class Sending {

    private final KafkaOperations<byte[], byte[]> kafka;
    private final String source;
    private final Duration patience;
    private final Watch watch;

    /** @param patience how long to wait for an answer before the watch is asked whether to go on */
    Sending(KafkaOperations<byte[], byte[]> kafka, String source, Duration patience, Watch watch) {
        this.kafka = kafka;
        this.source = source;
        this.patience = patience;
        this.watch = watch;
    }

    /**
     * Sends all rows and waits for every answer, as long as it takes.
     *
     * <p>Only the rows before the first failure count as acknowledged, even when later ones have arrived: those of the same
     * key must come after the failed one, so they are sent again behind it. Nothing is sent behind a row that the producer
     * would not even take.
     */
    Result send(List<OutboxRow> rows) throws SQLException, InterruptedException {
        var begun = begin(rows);
        var acknowledged = new ArrayList<Long>(rows.size());
        for (int i = 0; i < begun.size(); i++) {
            var failure = failureOf(begun.get(i), rows.get(i));
            if (failure != null) {
                return new Result(acknowledged, failure);
            }
            acknowledged.add(rows.get(i).id());
        }
        return new Result(acknowledged, null);
    }

    private List<CompletableFuture<?>> begin(List<OutboxRow> rows) {
        var begun = new ArrayList<CompletableFuture<?>>(rows.size());
        for (var row : rows) {
            try {
                begun.add(kafka.send(row.toRecord(source)));
            } catch (RuntimeException e) {
                begun.add(CompletableFuture.failedFuture(e));
                return begun;
            }
        }
        return begun;
    }

    private @Nullable Throwable failureOf(CompletableFuture<?> sent, OutboxRow row)
            throws SQLException, InterruptedException {
        while (true) {
            try {
                sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                return null;
            } catch (ExecutionException e) {
                return e.getCause() == null ? e : e.getCause();
            } catch (TimeoutException e) {
                watch.unanswered(row);
            }
        }
    }

    /** Knows whether there is still a point in waiting. */
    interface Watch {

        /**
         * Called from time to time while the broker owes an answer.
         *
         * @throws SQLException when the right to relay is lost
         * @throws InterruptedException when the relay stops
         */
        void unanswered(OutboxRow row) throws SQLException, InterruptedException;
    }

    /**
     * What came of it.
     *
     * @param acknowledged ids, in order, of the rows that need not be sent again
     * @param failure why the next one does; null when all arrived
     */
    record Result(List<Long> acknowledged, @Nullable Throwable failure) {}
}
