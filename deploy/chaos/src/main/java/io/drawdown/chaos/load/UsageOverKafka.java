package io.drawdown.chaos.load;

import io.drawdown.chaos.load.Sent.Usage;
import io.drawdown.demo.client.ProductBackend;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Usage straight onto the topic, by a stock producer; what is not acknowledged is sent again. */
final class UsageOverKafka {

    private static final int MOST_ON_THE_WAY = 500;

    private final ProductBackend backend;
    private final UsageSource source;
    private final Sent sent;
    private final Deque<OnTheWay> onTheWay = new ArrayDeque<>();

    UsageOverKafka(ProductBackend backend, UsageSource source, Sent sent) {
        this.backend = backend;
        this.source = source;
        this.sent = sent;
    }

    /** Sends one event; waits for the oldest when very many are on their way. */
    int send() {
        var usage = source.next();
        onTheWay.add(new OnTheWay(usage, submit(usage)));
        while (onTheWay.size() > MOST_ON_THE_WAY
                || (!onTheWay.isEmpty() && onTheWay.getFirst().acknowledgement().isDone())) {
            settle(onTheWay.removeFirst());
        }
        return 1;
    }

    /** Waits until all is acknowledged. */
    void finish() {
        while (!onTheWay.isEmpty()) {
            settle(onTheWay.removeFirst());
        }
    }

    private void settle(OnTheWay one) {
        try {
            one.acknowledgement().get();
            source.acknowledged(one.usage());
        } catch (ExecutionException e) {
            sent.retried();
            onTheWay.add(new OnTheWay(one.usage(), submit(one.usage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Kafka was to acknowledge usage", e);
        }
    }

    private Future<RecordMetadata> submit(Usage usage) {
        var before = Instant.now().truncatedTo(ChronoUnit.MILLIS); // As events have it.
        var acknowledgement = backend.send(usage.account(), usage.meter().eventName(), usage.id(), usage.quantity());
        sent.says(usage.id(), before, Instant.now());
        return acknowledgement;
    }

    private record OnTheWay(Usage usage, Future<RecordMetadata> acknowledgement) {}
}
