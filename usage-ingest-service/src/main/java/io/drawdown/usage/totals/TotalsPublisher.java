package io.drawdown.usage.totals;

import static java.util.Objects.requireNonNull;

import io.drawdown.events.Topic;
import io.drawdown.usage.wire.Position;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends totals that have changed to usage.totals.v1, one that changes a thousand times in five seconds once.
 *
 * <p>That a total was sent is committed when it is acknowledged. Its row is locked until then, so that no older state of it
 * follows.
 */
final class TotalsPublisher {

    private static final int TOTALS_AT_ONCE = 2_000;

    /** Of their dimensions, which each total that is being sent has several times: a total may have hundreds of kilobytes. */
    static final long BYTES_AT_ONCE = 4_000_000;

    private final TotalsTable totals;
    private final UsageEncoder encoder;
    private final UsageLog log;
    private final TransactionOperations transactions;
    private final Pace pace;

    TotalsPublisher(
            TotalsTable totals, UsageEncoder encoder, UsageLog log, TransactionOperations transactions, Pace pace) {
        this.totals = totals;
        this.encoder = encoder;
        this.log = log;
        this.transactions = transactions;
        this.pace = pace;
    }

    @Scheduled(fixedDelayString = "PT5S")
    void publishWhenDue() {
        if (pace.isDue()) {
            pace.keep(this::publish);
        }
    }

    /** Returns when nothing is left; what fails is sent next time. */
    void publish() {
        boolean isMore;
        do {
            isMore = isFull(publishSome());
        } while (isMore);
    }

    private List<StoredTotal> publishSome() {
        return requireNonNull(transactions.execute(_ -> {
            var changed = totals.takeUnpublished(TOTALS_AT_ONCE, BYTES_AT_ONCE);
            send(changed);
            return changed;
        }));
    }

    /** Until it is not: totals that change all the time would keep this going for ever. */
    private static boolean isFull(List<StoredTotal> taken) {
        return taken.size() == TOTALS_AT_ONCE
                || taken.stream().mapToLong(StoredTotal::dimensionBytes).sum() >= BYTES_AT_ONCE;
    }

    private void send(List<StoredTotal> changed) {
        CompletableFuture.allOf(changed.stream().map(this::send).toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private CompletableFuture<Position> send(StoredTotal total) {
        var key = total.recordKey();
        var record = total.toRecord();
        return log.append(
                Topic.Name.USAGE_TOTALS,
                key.getBytes(StandardCharsets.UTF_8),
                encoder.total(record),
                encoder.totalHeaders(key, record));
    }
}
