package io.drawdown.wallet.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Bytes that are written on their own, so that they can be put into an order. */
final class Chunk {

    private Chunk() {}

    static byte[] of(Writing writing) throws IOException {
        var bytes = new ByteArrayOutputStream();
        writing.to(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** How many there are, and then each. */
    static void writeAll(List<byte[]> chunks, boolean sorted, DataOutput out) throws IOException {
        if (sorted) {
            chunks.sort(Arrays::compare);
        }
        out.writeInt(chunks.size());
        for (var chunk : chunks) {
            out.write(chunk);
        }
    }

    /** Writes something. */
    interface Writing {
        void to(DataOutput out) throws IOException;
    }
}
