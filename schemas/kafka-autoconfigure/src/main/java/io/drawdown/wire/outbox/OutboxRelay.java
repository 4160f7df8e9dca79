package io.drawdown.wire.outbox;

import io.drawdown.wire.encoded.EncodedSender;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what the outbox holds, in the order of ids, as long as this instance holds the lock.
 *
 * <p>Woken after a local commit; what other instances have committed, or left behind, is found by polling. Everything runs
 * over the one connection whose session holds the lock: when the session is lost, so are the lock and the ability to delete.
 */
public final class OutboxRelay implements SmartLifecycle, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int LOCK_NUMBER = 779002;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final EncodedSender sender;
    private final String source;
    private final Duration pollInterval;
    private final int batchSize;
    private final boolean autoStartup;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread thread;
    private volatile @Nullable String trouble;

    /**
     * @param sender one that {@linkplain EncodedSender#patient gives nothing up}, for this relay alone
     * @param source who speaks, for {@code ce_source}
     * @param pollInterval how long at most until something is found that no local commit has told of
     * @param batchSize how many records are under way at once
     * @param autoStartup whether this instance takes part
     */
    public OutboxRelay(
            DataSource dataSource,
            EncodedSender sender,
            String source,
            Duration pollInterval,
            int batchSize,
            boolean autoStartup) {
        this.dataSource = dataSource;
        this.sender = sender;
        this.source = source;
        this.pollInterval = pollInterval;
        this.batchSize = batchSize;
        this.autoStartup = autoStartup;
    }

    /** Says that there is something to send. */
    public void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("outbox-relay").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        wake();
        join();
    }

    private synchronized void join() {
        var worker = thread;
        try {
            if (worker != null && !worker.join(Duration.ofSeconds(10))) {
                worker.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void destroy() {
        sender.destroy();
    }

    @Override
    public boolean isAutoStartup() {
        return autoStartup;
    }

    /** Starts before listeners and requests and stops after them, so that what they leave behind still goes out. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** False when its thread has ended although nobody stopped it. */
    boolean isAlive() {
        var worker = thread;
        return !running || (worker != null && worker.isAlive());
    }

    /** What holds the outbox up now, in words; null while nothing does. */
    @Nullable
    String trouble() {
        return trouble;
    }

    private void run() {
        while (running) {
            try {
                rest(tryToRelay() ? pollInterval : AFTER_FAILURE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Any error but the machine's own may pass, and nobody would miss a relay that ended because of it. */
    private boolean tryToRelay() throws InterruptedException {
        try (var connection = dataSource.getConnection()) {
            relayOver(connection);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (VirtualMachineError e) {
            report("The outbox relay ends, because the virtual machine fails: " + e);
            throw e;
        } catch (Throwable e) {
            report("The outbox cannot be relayed and is tried again in " + AFTER_FAILURE + ": " + e);
            return false;
        }
    }

    private void report(String whatIsWrong) {
        trouble = whatIsWrong;
        log.warn("{}", whatIsWrong);
    }

    /** Returns at once when another instance relays; otherwise when this one stops or fails. */
    private void relayOver(Connection connection) throws SQLException, InterruptedException {
        connection.setAutoCommit(true);
        try (var lock = RelayLock.tryAcquire(connection, LOCK_NUMBER, RelayLock.LONGEST_SILENCE)) {
            trouble = null;
            if (lock == null) {
                return;
            }
            var table = new OutboxTable(connection);
            var sending = new Sending<OutboxRow>(
                    sender.operations(), row -> row.toRecord(source), PATIENCE, row -> unanswered(row, connection));
            var refused = false;
            while (running) {
                refused = !relayBatch(table, sending, refused ? 1 : batchSize);
            }
        }
    }

    /** Rests when there is nothing more for now. False when the broker refuses a row: only that is tried until it goes. */
    private boolean relayBatch(OutboxTable table, Sending<OutboxRow> sending, int size)
            throws SQLException, InterruptedException {
        var rows = table.oldest(size);
        var refused = !relay(rows, table, sending);
        if (refused || rows.size() < size) {
            rest(pollInterval);
        }
        return !refused;
    }

    private boolean relay(List<OutboxRow> rows, OutboxTable table, Sending<OutboxRow> sending)
            throws SQLException, InterruptedException {
        var sent = send(sending, rows);
        table.delete(
                rows.subList(0, sent.acknowledged()).stream().map(OutboxRow::id).toList());
        if (sent.failure() != null) {
            var refused = rows.get(sent.acknowledged());
            report("The outbox is held up at " + describe(refused) + " and tries again: " + sent.failure());
            return false;
        }
        trouble = null;
        return true;
    }

    /** Whoever relays next must not be overtaken by what is left here. */
    private Sending.Result send(Sending<OutboxRow> sending, List<OutboxRow> rows)
            throws SQLException, InterruptedException {
        try {
            return sending.send(rows);
        } catch (SQLException | InterruptedException | RuntimeException | Error e) {
            sender.abandon();
            throw e;
        }
    }

    private void unanswered(OutboxRow row, Connection connection) throws SQLException, InterruptedException {
        if (!running) {
            throw new InterruptedException("The relay stops");
        }
        if (!connection.isValid(1)) {
            throw new SQLException("The database session that held the right to relay is lost");
        }
        if (trouble == null) {
            report("The outbox waits for the broker to take " + describe(row));
        }
    }

    private static String describe(OutboxRow row) {
        return row.topic() + " (key " + row.key() + ")";
    }

    private void rest(Duration atMost) throws InterruptedException {
        if (running && wakeUps.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }
}
