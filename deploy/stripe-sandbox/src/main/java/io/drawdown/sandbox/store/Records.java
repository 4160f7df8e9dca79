package io.drawdown.sandbox.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
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

    private static final int MAX_CONTENT = 256 * 1024 * 1024;

    private static final int MAX_SHARED = 100_000;

    /** The same few names and values come again and again: each is kept once. */
    private final Map<String, String> shared = new HashMap<>();

    /** The content of the next record, or null when what is left is no whole record. */
    static byte @Nullable [] next(DataInputStream in, long left) throws IOException {
        if (left < HEAD) {
            return null;
        }
        int length = in.readInt();
        long crc = in.readLong();
        if (length < 0 || length > MAX_CONTENT || length > left - HEAD) {
            return null;
        }
        var content = in.readNBytes(length);
        return crc == crc(content) ? content : null;
    }

    private static long crc(byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    List<Change> decode(byte[] content) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(content));
        int count = in.readInt();
        var changes = new ArrayList<Change>(count);
        for (int i = 0; i < count; i++) {
            changes.add(decodeChange(in));
        }
        return changes;
    }

    private Change decodeChange(DataInputStream in) throws IOException {
        var kind = shared(in.readUTF());
        var id = in.readUTF();
        long sequence = in.readLong();
        int length = in.readInt();
        if (length < 0) {
            return Change.removal("", kind, id, sequence);
        }
        var blob = new Blob(in.readNBytes(length));
        return new Change(kind, id, sequence, blob, in.readInt(), decodeKeys(in));
    }

    private @Nullable String[] decodeKeys(DataInputStream in) throws IOException {
        var keys = new @Nullable String[in.readUnsignedByte()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = in.readBoolean() ? shared(in.readUTF()) : null;
        }
        return keys;
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
                .putLong(crc(content))
                .put(content)
                .flip();
    }

    private static void encode(DataOutputStream out, Change change) throws IOException {
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
