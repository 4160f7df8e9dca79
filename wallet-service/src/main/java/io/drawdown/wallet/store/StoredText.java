package io.drawdown.wallet.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.EncoderFactory;

/** Texts as stored events hold them, for those who look for one in the bytes: each behind its length, so that it is no part of another. */
public final class StoredText {

    private StoredText() {}

    /** Texts that stand one behind the other. */
    public static byte[] of(String... texts) {
        var bytes = new ByteArrayOutputStream();
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            for (var text : texts) {
                encoder.writeString(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory refused " + texts.length + " texts", e);
        }
        return bytes.toByteArray();
    }
}
