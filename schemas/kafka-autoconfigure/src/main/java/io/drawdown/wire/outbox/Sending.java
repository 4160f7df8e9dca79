package io.drawdown.wire.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Batches of rows on their way to the broker, one after the other.
 *
 * @param <R> what is kept of a record
 */
public final class Sending<R> {

    private final KafkaOperations<byte[], byte[]> kafka;
    private final Function<R, ProducerRecord<byte[], byte[]>> records;
    private final Duration patience;
    private final Watch<R> watch;

    /**
     * @param records what is sent of a row
     * @param patience how long to wait for an answer before the watch is asked whether to go on
     */
    public Sending(
            KafkaOperations<byte[], byte[]> kafka,
            Function<R, ProducerRecord<byte[], byte[]>> records,
            Duration patience,
            Watch<R> watch) {
        this.kafka = kafka;
        this.records = records;
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
    public Result send(List<R> rows) throws SQLException, InterruptedException {
        var begun = begin(rows);
        for (int i = 0; i < begun.size(); i++) {
            var failure = failureOf(begun.get(i), rows.get(i));
            if (failure != null) {
                return new Result(i, failure);
            }
        }
        return new Result(rows.size(), null);
    }

    private List<CompletableFuture<?>> begin(List<R> rows) {
        var begun = new ArrayList<CompletableFuture<?>>(rows.size());
        for (var row : rows) {
            try {
                begun.add(kafka.send(records.apply(row)));
            } catch (RuntimeException e) {
                begun.add(CompletableFuture.failedFuture(e));
                return begun;
            }
        }
        return begun;
    }

    private @Nullable Throwable failureOf(CompletableFuture<?> sent, R row) throws SQLException, InterruptedException {
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
    @FunctionalInterface
    public interface Watch<R> {

        /**
         * Called from time to time while the broker owes an answer.
         *
         * @throws SQLException when the right to relay is lost
         * @throws InterruptedException when the relay stops
         */
        void unanswered(R row) throws SQLException, InterruptedException;
    }

    /**
     * What came of it.
     *
     * @param acknowledged so many rows, from the first, need not be sent again
     * @param failure why the next one does; null when all arrived
     */
    public record Result(int acknowledged, @Nullable Throwable failure) {}
}
