package io.drawdown.usage.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * What a gzip stream holds: one member or several, one after the other, and nothing behind the last.
 *
 * <p>Java's own reader takes whatever follows a member and is none for the end of the stream, so that the rest of a damaged
 * body would be lost without a word; and each further member takes it deeper into its stack. Here a member costs no
 * memory, and neither does a file name that never ends.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipMembers extends InputStream {

    private static final int BUFFER_BYTES = 8 * 1024;
    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;

    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream compressed;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Inflater inflater;
    private final CRC32 checksum = new CRC32();
    private int at;
    private int filled;
    private boolean isEnd;

    /**
     * Reads the first member's header. What is wrong here, as in any other read, leaves it to the caller to close.
     *
     * @throws ZipException when there is none
     * @throws EOFException when the stream ends within it
     */
    GzipMembers(InputStream compressed) throws IOException {
        this.compressed = compressed;
        readHeader();
        this.inflater = new Inflater(true); // Its memory is not the heap's: only what is closed may have one.
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads as much as comes of what was received last.
     *
     * @throws ZipException when a member is damaged, or something else follows one
     * @throws EOFException when the stream ends within a member
     */
    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int read = 0;
        while (read == 0 && length > 0 && !isEnd) {
            if (inflater.finished()) {
                endMember();
            } else {
                read = inflate(to, offset, length);
            }
        }
        return read == 0 && length > 0 ? -1 : read;
    }

    private int inflate(byte[] to, int offset, int length) throws IOException {
        if (inflater.needsInput()) {
            requireMore();
            inflater.setInput(buffer, at, filled - at);
            at = filled;
        }
        try {
            int inflated = inflater.inflate(to, offset, length);
            checksum.update(to, offset, inflated);
            return inflated;
        } catch (DataFormatException e) {
            throw new ZipException("a member is damaged: " + e.getMessage());
        }
    }

    private void endMember() throws IOException {
        at = filled - inflater.getRemaining();
        long sum = checksum.getValue();
        long length = inflater.getBytesWritten() & 0xffff_ffffL;
        if (readInt() != sum || readInt() != length) {
            throw new ZipException("a member is damaged: it has not the checksum or length that it names");
        }
        if (hasMore()) {
            inflater.reset();
            readHeader();
        } else {
            isEnd = true;
        }
    }

    private void readHeader() throws IOException {
        checksum.reset();
        if (readShort() != MAGIC || readByte() != DEFLATE) {
            throw new ZipException("what stands where a member should begin is none");
        }
        int flags = readByte();
        skip(6); // Its time, and by what it was made.
        if ((flags & HAS_EXTRA) != 0) {
            skip(readShort());
        }
        skipText(flags & HAS_NAME);
        skipText(flags & HAS_COMMENT);
        int sum = (int) checksum.getValue() & 0xffff;
        if ((flags & RESERVED) != 0 || ((flags & HAS_CHECKSUM) != 0 && readShort() != sum)) {
            throw new ZipException("the header of a member is damaged");
        }
        checksum.reset();
    }

    private void skipText(int flag) throws IOException {
        boolean isOver = flag == 0;
        while (!isOver) {
            isOver = readByte() == 0;
        }
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            readByte();
        }
    }

    private long readInt() throws IOException {
        return readShort() | (long) readShort() << 16;
    }

    private int readShort() throws IOException {
        return readByte() | readByte() << 8;
    }

    private int readByte() throws IOException {
        requireMore();
        int one = buffer[at++] & 0xff;
        checksum.update(one);
        return one;
    }

    private void requireMore() throws IOException {
        if (!hasMore()) {
            throw new EOFException("it ends within a member");
        }
    }

    private boolean hasMore() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(0, compressed.read(buffer));
        }
        return at < filled;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        compressed.close();
    }
}
