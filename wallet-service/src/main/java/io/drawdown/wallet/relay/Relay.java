package io.drawdown.wallet.relay;

import io.drawdown.wire.encoded.EncodedSender;
import io.drawdown.wire.outbox.RelayLock;
import io.drawdown.wire.outbox.Sending;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
    private volatile @Nullable Thread thread;

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
        var relaying = Thread.ofPlatform().daemon().name("relay").unstarted(this::run);
        thread = relaying;
        relaying.start();
    }

    /** Stops after all that writes events has stopped: what they leave behind still goes out. */
    @Override
    public synchronized void stop() {
        running = false;
        try {
            var relaying = thread;
            if (relaying != null) {
                LockSupport.unpark(relaying);
                if (!relaying.join(UNTIL_STOPPED)) {
                    relaying.interrupt();
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
        while (goesOn()) {
            try (var connection = dataSource.getConnection()) {
                relayOver(connection);
            } catch (UnknownEventException unknown) {
                log.error("{}", unknown.getMessage());
                status = status.failed(unknown);
                rest(FOR_A_PERSON);
            } catch (InterruptedException stopped) {
                return; // It took too long to stop.
            } catch (SQLException | RuntimeException | Error failure) {
                log.warn("Wallet events cannot be relayed; tried again in {}", AFTER_FAILURE, failure);
                status = status.failed(failure);
            }
            rest(AFTER_FAILURE);
        }
    }

    /** A thread that was stopped and has not ended yet does not go on when the relay is started again. */
    private boolean goesOn() {
        return running && thread == Thread.currentThread();
    }

    /** Returns at once when another instance relays; otherwise when this one stops or fails. */
    private void relayOver(Connection connection) throws SQLException, InterruptedException {
        connection.setAutoCommit(true);
        try (var lock = RelayLock.tryAcquire(connection, LOCK_NUMBER, RelayLock.LONGEST_SILENCE)) {
            if (lock == null) {
                status = RelayStatus.ELSEWHERE;
                return;
            }
            published.requireStored(connection);
            var events = new RelayedLog(connection);
            var sending = new Sending<StoredRow>(
                    sender.operations(), records::of, ASKED_EVERY, _ -> requireSession(connection));
            while (goesOn()) {
                if (!relayBatch(events, sending)) {
                    rest(properties.pollInterval());
                }
            }
        }
    }

    /** Whether there may be more at once. */
    private boolean relayBatch(RelayedLog events, Sending<StoredRow> sending)
            throws SQLException, InterruptedException {
        var batch = events.next(properties.batchSize(), properties.batchBytes().toBytes());
        if (!batch.isEmpty()) {
            status = status.sending(events.behind(), batch.getFirst());
            relay(batch, events, sending);
        }
        status = RelayStatus.sent(events.behind());
        return isFull(batch);
    }

    private boolean isFull(List<StoredRow> batch) {
        return batch.size() == properties.batchSize()
                || batch.stream().mapToLong(row -> row.event().bytes().length).sum()
                        >= properties.batchBytes().toBytes();
    }

    /** Keeps the place of what was taken, also where one behind it is not: else that would be sent again and again. */
    private void relay(List<StoredRow> batch, RelayedLog events, Sending<StoredRow> sending)
            throws SQLException, InterruptedException {
        var sent = send(batch, sending);
        var taken = batch.subList(0, sent.acknowledged());
        if (!taken.isEmpty()) {
            events.sentUpTo(taken.getLast().place());
            taken.forEach(row -> counts.count(row.event().typeName()));
        }
        if (sent.failure() != null) {
            sender.abandon();
            throw notTaken(batch.get(taken.size()), sent.failure());
        }
    }

    /** Whoever relays next must not be overtaken by what is left here. */
    private Sending.Result send(List<StoredRow> batch, Sending<StoredRow> sending)
            throws SQLException, InterruptedException {
        try {
            return sending.send(batch);
        } catch (SQLException | InterruptedException | RuntimeException | Error e) {
            sender.abandon();
            throw e;
        }
    }

    private static RuntimeException notTaken(StoredRow row, Throwable failure) {
        return failure instanceof UnknownEventException unknown
                ? unknown
                : new IllegalStateException(
                        "The broker has not taken the event at place " + row.place() + "; it is sent again", failure);
    }

    private static void requireSession(Connection connection) throws SQLException {
        if (!connection.isValid(UNTIL_VALID_S)) {
            throw new SQLException("The database session that held the right to relay is lost");
        }
    }

    private void rest(Duration atMost) {
        if (goesOn()) {
            LockSupport.parkNanos(atMost.toNanos());
        }
    }
}
