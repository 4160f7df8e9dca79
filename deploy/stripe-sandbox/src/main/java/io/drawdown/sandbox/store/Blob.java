package io.drawdown.sandbox.store;

import io.drawdown.sandbox.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object packed for memory and journal: one byte says raw (0) or deflated (1), the rest is the content. */
record Blob(byte[] packed) {

    private static final int WORTH_PACKING = 400;

    /** Making one of these takes longer than using it; as many are kept as ever were in use at once. */
    private static final ConcurrentLinkedQueue<Deflater> DEFLATERS = new ConcurrentLinkedQueue<>();

    private static final ConcurrentLinkedQueue<Inflater> INFLATERS = new ConcurrentLinkedQueue<>();

    static Blob of(ObjectNode node) {
        var json = Json.bytes(node);
        return new Blob(json.length < WORTH_PACKING ? raw(json) : deflated(json));
    }

    private static byte[] raw(byte[] json) {
        var packed = new byte[json.length + 1];
        System.arraycopy(json, 0, packed, 1, json.length);
        return packed;
    }

    private static byte[] deflated(byte[] json) {
        var deflater = taken(DEFLATERS, () -> new Deflater(Deflater.BEST_SPEED, true));
        deflater.setInput(json);
        deflater.finish();
        var packed = new byte[json.length + 64];
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

    ObjectNode unpack() {
        return (ObjectNode) Json.parse(packed[0] == 0 ? Arrays.copyOfRange(packed, 1, packed.length) : inflated());
    }

    private byte[] inflated() {
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
