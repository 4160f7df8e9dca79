package io.drawdown.usage.gate;

import io.drawdown.usage.domain.Usage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Makes (source, id) a key of 16 bytes: the first half of its SHA-256, so that no two events that matter ever meet and
 * the state does not grow with the length of the ids. Not safe for use by several threads.
 */
final class ClaimKeys {

    private static final int KEY_BYTES = 16;

    private final MessageDigest digest = sha256();

    Bytes of(Usage usage) {
        var source = usage.source().getBytes(StandardCharsets.UTF_8);
        digestLength(source.length);
        digest.update(source);
        return Bytes.wrap(Arrays.copyOf(digest.digest(usage.id().getBytes(StandardCharsets.UTF_8)), KEY_BYTES));
    }

    /** The length goes first, or ("a", "bc") and ("ab", "c") would be one. */
    private void digestLength(int length) {
        digest.update((byte) (length >>> 24));
        digest.update((byte) (length >>> 16));
        digest.update((byte) (length >>> 8));
        digest.update((byte) length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one has not: use another JDK", e);
        }
    }
}
