package io.drawdown.sandbox.store;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** How bytes are packed: one byte says raw (0) or deflated (1), the rest is the content. */
final class Packing {

    private static final int WORTH_PACKING = 400;

    /** Making one of these takes longer than using it; as many are kept as ever were in use at once. */
    private static final ConcurrentLinkedQueue<Deflater> DEFLATERS = new ConcurrentLinkedQueue<>();

    private static final ConcurrentLinkedQueue<Inflater> INFLATERS = new ConcurrentLinkedQueue<>();

    private Packing() {}

    static byte[] pack(byte[] content) {
        return content.length < WORTH_PACKING ? raw(content) : deflated(content);
    }

    private static byte[] raw(byte[] content) {
        var packed = new byte[content.length + 1];
        System.arraycopy(content, 0, packed, 1, content.length);
        return packed;
    }

    private static byte[] deflated(byte[] content) {
        var deflater = taken(DEFLATERS, () -> new Deflater(Deflater.BEST_SPEED, true));
        deflater.setInput(content);
        deflater.finish();
        var packed = new byte[content.length + 64];
        packed[0] = 1;
        int length = 1;
        while (!deflater.finished()) {
            packed = length == packed.length ? Arrays.copyOf(packed, 2 * length) : packed;
            length += deflater.deflate(packed, length, packed.length - length);
        }
        deflater.reset();
        DEFLATERS.add(deflater);
        return Arrays.copyOf(packed, length);
    }

    private static <T> T taken(ConcurrentLinkedQueue<T> idle, Supplier<T> another) {
        var one = idle.poll();
        return one == null ? another.get() : one;
    }

    static byte[] unpack(byte[] packed) {
        return packed[0] == 0 ? Arrays.copyOfRange(packed, 1, packed.length) : inflated(packed);
    }

    private static byte[] inflated(byte[] packed) {
        var inflater = taken(INFLATERS, () -> new Inflater(true));
        try {
            inflater.setInput(packed, 1, packed.length - 1);
            var out = new ByteArrayOutputStream(packed.length * 4);
            var buffer = new byte[4096];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw new IllegalStateException(
                            "A stored object is cut short: the data folder is damaged, empty it");
                }
                out.write(buffer, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalStateException("A stored object cannot be read: the data folder is damaged, empty it", e);
        } finally {
            inflater.reset();
            INFLATERS.add(inflater);
        }
    }
}
