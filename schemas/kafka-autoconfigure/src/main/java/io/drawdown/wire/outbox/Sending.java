package io.drawdown.wire.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;

/** One batch on its way to the broker. */
final class Sending {

    private final KafkaOperations<byte[], byte[]> kafka;
    private final String source;

    Sending(KafkaOperations<byte[], byte[]> kafka, String source) {
        this.kafka = kafka;
        this.source = source;
    }

    /**
     * Sends all rows and waits for every answer.
     *
     * <p>Only the rows before the first failure count as acknowledged, even when later ones have arrived: those of the same
     * key must come after the failed one, so they are sent again behind it.
     */
    Result send(List<OutboxRow> rows) {
        var futures = rows.stream().map(this::begin).toList();
        kafka.flush();
        var acknowledged = new ArrayList<Long>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            var failure = failureOf(futures.get(i));
            if (failure != null) {
                return new Result(acknowledged, failure);
            }
            acknowledged.add(rows.get(i).id());
        }
        return new Result(acknowledged, null);
    }

    private CompletableFuture<?> begin(OutboxRow row) {
        try {
            return kafka.send(row.toRecord(source));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static @Nullable Throwable failureOf(CompletableFuture<?> future) {
        try {
            future.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }

    /**
     * What came of it.
     *
     * @param acknowledged ids, in order, of the rows that need not be sent again
     * @param failure why the next one does; null when all arrived
     */
    record Result(List<Long> acknowledged, @Nullable Throwable failure) {}
}
