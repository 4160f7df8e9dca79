package io.drawdown.local.supervisor;

import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The lock that makes a supervisor the only one on its folder; the system gives it back however the process ends. */
public final class OnlyOne implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    private final FileLock lock;

    private OnlyOne(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Takes the lock; waits a little for a process that has ended but whose last threads the system still clears away.
     *
     * @throws PlatformException when another process has it
     */
    public static OnlyOne in(Path folder) throws IOException, InterruptedException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = lock(channel);
        if (lock == null) {
            channel.close();
            throw new PlatformException("Another deploy/drawdown is just starting or stopping in " + folder
                    + ". Wait for it, then look with deploy/drawdown status.");
        }
        return new OnlyOne(lock);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var lock = channel.tryLock();
        while (lock == null && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            lock = channel.tryLock();
        }
        return lock;
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}
