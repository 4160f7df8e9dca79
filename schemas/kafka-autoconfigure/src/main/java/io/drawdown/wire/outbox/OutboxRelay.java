package io.drawdown.wire.outbox;

import io.drawdown.wire.encoded.EncodedSender;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what the outbox holds, in the order of ids, as long as this instance holds the lock.
 *
 * <p>Woken after a local commit; what other instances have committed, or left behind, is found by polling. Everything runs
 * over the one connection whose session holds the lock: when the session is lost, so are the lock and the ability to delete.
 */
public final class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final EncodedSender sender;
    private final String source;
    private final Duration pollInterval;
    private final int batchSize;
    private final boolean autoStartup;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    /**
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
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    private void run() {
        while (running) {
            try (var connection = dataSource.getConnection()) {
                relayOver(connection);
            } catch (SQLException | RuntimeException e) {
                log.warn("The outbox cannot be relayed and is tried again in {}: {}", AFTER_FAILURE, e.toString());
                rest(AFTER_FAILURE);
            }
            rest(pollInterval);
        }
    }

    /** Returns at once when another instance relays; otherwise when this one stops or fails. */
    private void relayOver(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (var lock = RelayLock.tryAcquire(connection)) {
            if (lock == null) {
                return;
            }
            var table = new OutboxTable(connection);
            while (running) {
                if (!relayBatch(table)) {
                    rest(pollInterval);
                }
            }
        }
    }

    /** Whether there may be more at once. */
    private boolean relayBatch(OutboxTable table) throws SQLException {
        var rows = table.oldest(batchSize);
        if (rows.isEmpty()) {
            return false;
        }
        var sent = new Sending(sender.operations(), source).send(rows);
        table.delete(sent.acknowledged());
        if (sent.failure() != null) {
            log.warn(
                    "The outbox is held up at {} (key {}) and tries again: {}",
                    rows.get(sent.acknowledged().size()).topic(),
                    rows.get(sent.acknowledged().size()).key(),
                    sent.failure().toString());
            return false;
        }
        return rows.size() == batchSize;
    }

    private void rest(Duration atMost) {
        try {
            if (running && wakeUps.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }
}
