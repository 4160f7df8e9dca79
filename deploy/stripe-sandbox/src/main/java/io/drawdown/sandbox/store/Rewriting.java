package io.drawdown.sandbox.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Replaces a journal by a shorter one: written beside it, flushed, renamed over it. A process that dies on the way
 * leaves the old journal, and a half-made one that the next start deletes.
 */
final class Rewriting {

    private static final System.Logger LOG = System.getLogger(Rewriting.class.getName());
    private static final int CHANGES_PER_RECORD = 500;

    private Rewriting() {}

    static Path fileBeside(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".new");
    }

    /** The channel of the new journal, at its end. */
    static FileChannel replace(Path journal, Iterator<Change> alive) throws IOException {
        var beside = fileBeside(journal);
        var channel = FileChannel.open(
                beside,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            fill(channel, alive);
            Files.move(beside, journal, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(beside);
            throw e;
        }
        LOG.log(System.Logger.Level.DEBUG, "{0} is in place", journal);
        flushFolder(journal);
        return channel;
    }

    private static void fill(FileChannel channel, Iterator<Change> alive) throws IOException {
        while (alive.hasNext()) {
            var record = Records.encode(next(alive));
            while (record.hasRemaining()) {
                channel.write(record);
            }
            LOG.log(System.Logger.Level.DEBUG, "Rewritten so far: {0} bytes", channel.position());
        }
        channel.force(true);
        LOG.log(System.Logger.Level.DEBUG, "All {0} bytes are flushed", channel.position());
    }

    private static List<Change> next(Iterator<Change> alive) {
        var changes = new ArrayList<Change>(CHANGES_PER_RECORD);
        while (alive.hasNext() && changes.size() < CHANGES_PER_RECORD) {
            changes.add(alive.next());
        }
        return changes;
    }

    /** The renaming itself is on the disk, where the system lets a folder be flushed. */
    private static void flushFolder(Path journal) {
        try (var folder = FileChannel.open(journal.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The folder of {0} cannot be flushed here: {1}", journal, e);
        }
    }
}
