package io.drawdown.wire.outbox;

import io.drawdown.events.Topic;
import io.drawdown.wire.encoded.EncodedSender;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** An outbox in table {@code wire_outbox} of the service's own PostgreSQL database. */
public final class JdbcOutbox implements Outbox {

    /**
     * The lock comes first, so that the id is drawn under it: then the order of ids is the order of commits for each key.
     * Its number is folded, because a transaction that touches very many keys must not use up the lock table.
     */
    private static final String INSERT = """
            with turn as materialized (select pg_advisory_xact_lock(779001, abs(hashtext(:topic || ' ' || :key)) % 2048))
            insert into wire_outbox (topic, record_key, type, payload, event_id, traceparent, created_at)
            select :topic, :key, :type, :payload, :eventId, :traceparent, :createdAt from turn""";

    private final JdbcClient jdbc;
    private final EncodedSender sender;
    private final Clock clock;
    private final Supplier<@Nullable String> trace;
    private final Runnable afterCommit;

    /**
     * @param trace the {@code traceparent} of what is going on now; null for none
     * @param afterCommit called after each commit that has something to send
     */
    public JdbcOutbox(
            JdbcClient jdbc,
            EncodedSender sender,
            Clock clock,
            Supplier<@Nullable String> trace,
            Runnable afterCommit) {
        this.jdbc = jdbc;
        this.sender = sender;
        this.clock = clock;
        this.trace = trace;
        this.afterCommit = afterCommit;
    }

    @Override
    public void append(Topic topic, String key, SpecificRecord value) {
        requireTransaction();
        if (!topic.records().contains(value.getClass())) {
            throw new IllegalArgumentException(
                    topic.topicName() + " does not carry " + value.getClass().getName() + ", only " + topic.records());
        }
        insert(topic.topicName(), key, value);
        wakeAfterCommit();
    }

    private void insert(String topic, String key, SpecificRecord value) {
        jdbc.sql(INSERT)
                .param("topic", topic)
                .param("key", key)
                .param("type", value.getSchema().getFullName())
                .param("payload", sender.encode(topic, value))
                .param("eventId", UUID.randomUUID())
                .param("traceparent", trace.get(), Types.VARCHAR)
                .param("createdAt", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException(
                    "Outbox.append was called outside a transaction: call it inside the transaction"
                            + " of the change (@Transactional or TransactionTemplate), or the two can come apart");
        }
    }

    private void wakeAfterCommit() {
        var wake = new Wake(afterCommit);
        if (!TransactionSynchronizationManager.getSynchronizations().contains(wake)) {
            TransactionSynchronizationManager.registerSynchronization(wake);
        }
    }

    /** A record, so that it is registered once for each transaction. */
    private record Wake(Runnable action) implements TransactionSynchronization {
        @Override
        public void afterCommit() {
            action.run();
        }
    }
}
