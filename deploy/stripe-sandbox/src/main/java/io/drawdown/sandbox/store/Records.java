package io.drawdown.sandbox.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** How changes stand in the journal: a record is length, CRC-32 and the changes of one work. */
final class Records {

    /** Bytes before the content. */
    static final int HEAD = 12;

    private static final int MIN_CONTENT = 4;
    private static final int MAX_CONTENT = 256 * 1024 * 1024;
    private static final int MAX_SHARED = 100_000;
    private static final ValueLayout.OfInt LENGTH = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong CRC = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment file;

    /** The same few names and values come again and again: each is kept once. */
    private final Map<String, String> shared = new HashMap<>();

    /** Takes a journal. */
    Records(MemorySegment file) {
        this.file = file;
    }

    /** The length of the content of the record at a place; negative when what is there is no whole record. */
    int lengthAt(long at) {
        if (file.byteSize() - at < HEAD) {
            return -1;
        }
        int length = file.get(LENGTH, at);
        boolean whole = length >= MIN_CONTENT && length <= MAX_CONTENT && length <= file.byteSize() - at - HEAD;
        return whole && file.get(CRC, at + Integer.BYTES) == crc(content(at, length)) ? length : -1;
    }

    private ByteBuffer content(long at, int length) {
        return file.asSlice(at + HEAD, length).asByteBuffer();
    }

    private static long crc(ByteBuffer content) {
        var crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    /** The changes of the record at a place. */
    List<Change> decode(long at, int length) throws IOException {
        var in = content(at, length);
        int count = in.getInt();
        var changes = new ArrayList<Change>(count);
        for (int i = 0; i < count; i++) {
            changes.add(decodeChange(in, at + HEAD));
        }
        return changes;
    }

    private Change decodeChange(ByteBuffer in, long start) throws IOException {
        var kind = shared(text(in));
        var id = text(in);
        long sequence = in.getLong();
        int length = in.getInt();
        if (length < 0) {
            return Change.removal("", kind, id, sequence);
        }
        var blob = new Blob.Found(file, start + in.position(), length);
        in.position(in.position() + length);
        return new Change(kind, id, sequence, blob, in.getInt(), decodeKeys(in));
    }

    private @Nullable String[] decodeKeys(ByteBuffer in) throws IOException {
        var keys = new @Nullable String[Byte.toUnsignedInt(in.get())];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = in.get() == 0 ? null : shared(text(in));
        }
        return keys;
    }

    /** As {@link DataOutputStream#writeUTF} has written it, which for ASCII is what it looks like. */
    private static String text(ByteBuffer in) throws IOException {
        int length = Short.toUnsignedInt(in.getShort());
        var bytes = new byte[length];
        in.get(bytes);
        for (byte each : bytes) {
            if (each <= 0) {
                return modified(bytes);
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String modified(byte[] bytes) throws IOException {
        var counted = ByteBuffer.allocate(bytes.length + Short.BYTES)
                .putShort((short) bytes.length)
                .put(bytes);
        return new DataInputStream(new ByteArrayInputStream(counted.array())).readUTF();
    }

    private String shared(String text) {
        var known = shared.size() < MAX_SHARED ? shared.putIfAbsent(text, text) : shared.get(text);
        return known == null ? text : known;
    }

    /** A whole record, ready to be written. */
    static ByteBuffer encode(List<Change> changes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(changes.size());
        for (Change change : changes) {
            encode(out, change);
        }
        var content = bytes.toByteArray();
        return ByteBuffer.allocate(content.length + HEAD)
                .putInt(content.length)
                .putLong(crc(ByteBuffer.wrap(content)))
                .put(content)
                .flip();
    }

    private static void encode(DataOutputStream out, Change change) throws IOException {
        out.writeUTF(change.kind());
        out.writeUTF(change.id());
        out.writeLong(change.sequence());
        out.writeInt(change.blob() == null ? -1 : change.blob().length());
        if (change.blob() != null) {
            out.write(change.blob().packed());
            out.writeInt(change.layout());
            encodeKeys(out, change.keys());
        }
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
}
