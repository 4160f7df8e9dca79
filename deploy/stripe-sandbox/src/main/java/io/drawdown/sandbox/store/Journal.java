package io.drawdown.sandbox.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * An append-only file of works, each one record, written in one call.
 *
 * <p>Reading stops at the first record that is short or does not match its checksum, cuts the file there, and says so. What
 * it has read stays in the file and is looked up there. Rewriting puts what is alive into a new file that takes the old
 * one's place in one step: whenever it is interrupted, one of the two is there whole.
 */
final class Journal implements Closeable {

    private static final System.Logger LOG = System.getLogger(Journal.class.getName());
    private static final String NAME = "journal";

    private final Path file;
    private final FolderLock lock;
    private final boolean flushed;
    private FileChannel channel;

    private Journal(Path file, FolderLock lock, FileChannel channel, boolean flushed) {
        this.file = file;
        this.lock = lock;
        this.channel = channel;
        this.flushed = flushed;
    }

    /**
     * Opens the folder's journal for this process alone, and feeds what is in it to the reader.
     *
     * @param flushed whether each work is on the disk, not only with the operating system, when it is appended
     */
    static Journal open(Path folder, boolean flushed, Consumer<Change> reader) {
        try {
            Files.createDirectories(folder);
            var lock = FolderLock.take(folder);
            try {
                var file = folder.resolve(NAME);
                Files.deleteIfExists(Rewriting.fileBeside(file));
                return new Journal(file, lock, read(file, reader), flushed);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data folder " + folder + " cannot be used: check its path and rights", e);
        }
    }

    private static FileChannel read(Path file, Consumer<Change> reader) throws IOException {
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        long good = new Replay(whole).feed(reader);
        if (good < whole.byteSize()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The journal {0} ends with {1} bytes that are no whole record: they are cut off",
                    file,
                    whole.byteSize() - good);
        }
        return channel.truncate(good).position(good);
    }

    /** Appends one work whole or not at all; when it returns the operating system, or the disk if asked for, has it. */
    void append(List<Change> changes) {
        try {
            write(Records.encode(changes));
        } catch (IOException e) {
            throw new UncheckedIOException("The journal " + file + " cannot be written: is the disk full?", e);
        }
    }

    private void write(ByteBuffer record) throws IOException {
        var end = channel.size();
        try {
            while (record.hasRemaining()) {
                channel.write(record);
            }
            if (flushed) {
                channel.force(false);
            }
        } catch (IOException e) {
            takeBack(end, e);
            throw e;
        }
    }

    /** Half a record would hide all that is written behind it: without it, or not at all. */
    private void takeBack(long end, IOException cause) throws IOException {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            cause.addSuppressed(e);
            channel.close();
        }
    }

    /** Puts these changes, and nothing else, into the journal; when it fails the journal is as it was. */
    void rewrite(Iterator<Change> alive) throws IOException {
        var old = channel;
        channel = Rewriting.replace(file, alive);
        old.close();
    }

    /** In bytes. */
    long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException("The journal " + file + " is lost: was it deleted?", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            channel.close();
        }
    }
}
