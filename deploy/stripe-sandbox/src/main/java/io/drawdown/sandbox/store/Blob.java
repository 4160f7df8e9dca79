package io.drawdown.sandbox.store;

import io.drawdown.sandbox.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object packed for memory and journal: one byte says raw (0) or deflated (1), the rest is the content. */
record Blob(byte[] packed) {

    private static final int WORTH_PACKING = 400;

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
        try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(json);
            deflater.finish();
            var out = new ByteArrayOutputStream(json.length / 2);
            out.write(1);
            var buffer = new byte[2048];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    ObjectNode unpack() {
        return (ObjectNode)
                Json.parse(packed[0] == 0 ? java.util.Arrays.copyOfRange(packed, 1, packed.length) : inflated());
    }

    private byte[] inflated() {
        try (var inflater = new Inflater(true)) {
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
        }
    }
}
