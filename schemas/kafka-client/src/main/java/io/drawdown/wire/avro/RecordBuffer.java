package io.drawdown.wire.avro;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes of one record after room for the header; unlike the JDK's stream it takes no lock. */
final class RecordBuffer extends OutputStream {

    private static final int LARGEST_KEPT = 64 * 1024;

    private byte[] bytes = new byte[512];
    private int size = WireFormat.HEADER;

    @Override
    public void write(int value) {
        grow(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        grow(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** What was written, behind a header with this id; the buffer is empty afterwards. */
    byte[] take(int id) {
        WireFormat.writeHeader(bytes, id);
        var taken = Arrays.copyOf(bytes, size);
        size = WireFormat.HEADER;
        if (bytes.length > LARGEST_KEPT) {
            bytes = new byte[512]; // One large record must not keep its memory for ever.
        }
        return taken;
    }

    private void grow(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L)));
        }
    }
}
