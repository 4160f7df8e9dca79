package io.drawdown.usage.totals;

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
        int sent;
        do {
            sent = publishSome();
        } while (sent == TOTALS_AT_ONCE);
    }

    private int publishSome() {
        var sent = transactions.execute(_ -> {
            var changed = totals.takeUnpublished(TOTALS_AT_ONCE);
            send(changed);
            return changed.size();
        });
        return sent == null ? 0 : sent;
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
