package io.drawdown.sandbox.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of works: each record is length, CRC-32 and the changes of one work, written in one call.
 *
 * <p>Reading stops at the first record that is short or does not match its checksum, and cuts the file there.
 */
final class Journal implements Closeable {

    private static final int MAX_RECORD = 256 * 1024 * 1024;

    private final Path file;
    private final FileChannel channel;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens the folder's journal for this process alone, and feeds what is in it to the reader. */
    static Journal open(Path folder, Consumer<Change> reader) {
        try {
            Files.createDirectories(folder);
            var file = folder.resolve("journal");
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock(channel, folder);
            channel.truncate(read(file, reader)).position(channel.size());
            return new Journal(file, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data folder " + folder + " cannot be used: check its path and rights", e);
        }
    }

    private static void lock(FileChannel channel, Path folder) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException("Another sandbox uses " + folder + ": stop it or give another --data");
        }
    }

    private static long read(Path file, Consumer<Change> reader) throws IOException {
        long good = 0;
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            long left = Files.size(file);
            for (byte[] record = next(in, left); record != null; record = next(in, left - good)) {
                decode(record).forEach(reader);
                good += record.length + 12L;
            }
        }
        return good;
    }

    private static byte @Nullable [] next(DataInputStream in, long left) throws IOException {
        if (left < 12) {
            return null;
        }
        int length = in.readInt();
        long crc = in.readLong();
        if (length < 0 || length > MAX_RECORD || length > left - 12) {
            return null;
        }
        var record = in.readNBytes(length);
        return crc == crc(record) ? record : null;
    }

    private static long crc(byte[] record) {
        var crc = new CRC32();
        crc.update(record);
        return crc.getValue();
    }

    private static List<Change> decode(byte[] record) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(record));
        int count = in.readInt();
        var changes = new ArrayList<Change>(count);
        for (int i = 0; i < count; i++) {
            var kind = in.readUTF();
            var id = in.readUTF();
            long sequence = in.readLong();
            int length = in.readInt();
            if (length < 0) {
                changes.add(Change.removal(kind, id, sequence));
            } else {
                var blob = new Blob(in.readNBytes(length));
                changes.add(new Change(kind, id, sequence, blob, in.readInt(), decodeKeys(in)));
            }
        }
        return changes;
    }

    private static @Nullable String[] decodeKeys(DataInputStream in) throws IOException {
        var keys = new @Nullable String[in.readUnsignedByte()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = in.readBoolean() ? in.readUTF() : null;
        }
        return keys;
    }

    /** Appends one work whole or not at all; when it returns the operating system has it. */
    void append(List<Change> changes) {
        try {
            var record = encode(changes);
            var buffer = ByteBuffer.allocate(record.length + 12)
                    .putInt(record.length)
                    .putLong(crc(record))
                    .put(record)
                    .flip();
            write(buffer);
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

    private static byte[] encode(List<Change> changes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(changes.size());
        for (Change change : changes) {
            out.writeUTF(change.kind());
            out.writeUTF(change.id());
            out.writeLong(change.sequence());
            out.writeInt(change.blob() == null ? -1 : change.blob().packed().length);
            if (change.blob() != null) {
                out.write(change.blob().packed());
                out.writeInt(change.layout());
                encodeKeys(out, change.keys());
            }
        }
        return bytes.toByteArray();
    }

    private static void encodeKeys(DataOutputStream out, @Nullable String[] keys) throws IOException {
        out.writeByte(keys.length);
        for (var key : keys) {
            out.writeBoolean(key != null);
            if (key != null) {
                out.writeUTF(key);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
