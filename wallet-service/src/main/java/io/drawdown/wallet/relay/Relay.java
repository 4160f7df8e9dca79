package io.drawdown.wallet.relay;

import io.drawdown.wire.encoded.EncodedSender;
import io.drawdown.wire.outbox.RelayLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what the event store holds, in the order of its places, as long as this instance holds the lock, and keeps its
 * place only when the broker has acknowledged all of a batch.
 */
final class Relay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    static final int LOCK_NUMBER = 779003;

    /** Whether the session is there while the broker is waited for. */
    private static final Duration ASKED_EVERY = Duration.ofSeconds(1);

    private static final int UNTIL_VALID_S = 5;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration FOR_A_PERSON = Duration.ofSeconds(30);
    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final EncodedSender sender;
    private final WalletRecords records;
    private final PublishedEvents published;
    private final PublishedCounts counts;
    private final RelayProperties properties;
    private volatile boolean running;
    private volatile RelayStatus status = RelayStatus.ELSEWHERE;
    private @Nullable Thread thread;

    Relay(
            DataSource dataSource,
            EncodedSender sender,
            WalletRecords records,
            PublishedEvents published,
            PublishedCounts counts,
            RelayProperties properties) {
        this.dataSource = dataSource;
        this.sender = sender;
        this.records = records;
        this.published = published;
        this.counts = counts;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("relay").start(this::run);
    }

    /** Stops after all that writes events has stopped: what they leave behind still goes out. */
    @Override
    public synchronized void stop() {
        running = false;
        try {
            if (thread != null) {
                LockSupport.unpark(thread);
                if (!thread.join(UNTIL_STOPPED)) {
                    thread.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        status = RelayStatus.ELSEWHERE;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }

    /** How it is now. */
    RelayStatus status() {
        return status;
    }

    /** Anything may go wrong and nothing ends the relay: it begins again with what the database says. */
    private void run() {
        while (running) {
            try (var connection = dataSource.getConnection()) {
                relayOver(connection);
            } catch (UnknownEventException unknown) {
                log.error("{}", unknown.getMessage());
                status = status.failed(unknown);
                rest(FOR_A_PERSON);
            } catch (SQLException | RuntimeException | Error failure) {
                log.warn("Wallet events cannot be relayed; tried again in {}", AFTER_FAILURE, failure);
                status = status.failed(failure);
            }
            rest(AFTER_FAILURE);
        }
    }

    /** Returns at once when another instance relays; otherwise when this one stops or fails. */
    private void relayOver(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (var lock = RelayLock.tryAcquire(connection, LOCK_NUMBER, RelayLock.LONGEST_SILENCE)) {
            if (lock == null) {
                status = RelayStatus.ELSEWHERE;
                return;
            }
            published.requireStored(connection);
            var events = new RelayedLog(connection);
            while (running) {
                if (!relayBatch(events, connection)) {
                    rest(properties.pollInterval());
                }
            }
        }
    }

    /** Whether there may be more at once. */
    private boolean relayBatch(RelayedLog events, Connection connection) throws SQLException {
        var batch = events.next(properties.batchSize(), properties.batchBytes().toBytes());
        if (!batch.isEmpty()) {
            status = status.sending(events.behind(), batch.getFirst());
            sendAll(batch, connection);
            events.sentUpTo(batch.getLast().place());
            batch.forEach(row -> counts.count(row.event().typeName()));
        }
        status = RelayStatus.sent(events.behind());
        return isFull(batch);
    }

    private boolean isFull(List<StoredRow> batch) {
        return batch.size() == properties.batchSize()
                || batch.stream().mapToLong(row -> row.event().bytes().length).sum()
                        >= properties.batchBytes().toBytes();
    }

    private CompletableFuture<?> send(StoredRow row) {
        return sender.operations().send(records.of(row));
    }

    /** Whoever relays next must not be overtaken by what is left here. */
    private void sendAll(List<StoredRow> batch, Connection connection) throws SQLException {
        try {
            await(batch.stream().map(this::send).toList(), connection);
        } catch (SQLException | RuntimeException | Error e) {
            sender.abandon();
            throw e;
        }
    }

    /** However long it takes, as long as the right to relay is held. */
    private static void await(List<? extends CompletableFuture<?>> sent, Connection connection) throws SQLException {
        var all = CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
        while (!isDone(all)) {
            if (!connection.isValid(UNTIL_VALID_S)) {
                throw new SQLException("The database session that held the right to relay is lost");
            }
        }
    }

    private static boolean isDone(CompletableFuture<?> sent) {
        try {
            sent.get(ASKED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker has not taken all wallet events; the batch is sent again", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("The relay stops before the broker has taken all wallet events", e);
        }
    }

    private void rest(Duration atMost) {
        if (running) {
            LockSupport.parkNanos(atMost.toNanos());
        }
    }
}
