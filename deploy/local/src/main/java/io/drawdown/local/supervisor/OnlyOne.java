package io.drawdown.local.supervisor;

import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock that makes a supervisor the only one on its folder; the system gives it back however the process ends. */
public final class OnlyOne implements AutoCloseable {

    private final FileLock lock;

    private OnlyOne(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Takes the lock.
     *
     * @throws PlatformException when another process has it
     */
    public static OnlyOne in(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new PlatformException("Another deploy/drawdown is just starting or stopping in " + folder
                    + ". Wait for it, then look with deploy/drawdown status.");
        }
        return new OnlyOne(lock);
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}
