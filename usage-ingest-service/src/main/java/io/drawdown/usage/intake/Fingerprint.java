package io.drawdown.usage.intake;

import io.drawdown.usage.domain.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Identifies a refusal over HTTP, which has no offset: the same event refused again for the same reason is one row. */
final class Fingerprint {

    private Fingerprint() {}

    /** @return 63 bits of the SHA-256, not negative */
    static long of(Reason reason, byte[] key, byte[] value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(reason.code().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(key);
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(value)).getLong() & Long.MAX_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one has not: use another JDK", e);
        }
    }
}
