package io.drawdown.usage.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event's identity (account, source, id) a key of 16 bytes: the first half of its SHA-256, so that no two events
 * that matter ever meet and the state does not grow with the length of the ids. Not safe for use by several threads.
 */
final class ClaimKeys {

    private static final int KEY_BYTES = 16;
    private static final byte[] NO_ACCOUNT = new byte[0];

    private final MessageDigest digest = sha256();

    /** @param account the record's key; an event that stands under another key than its account's id is never accepted */
    Bytes of(byte @Nullable [] account, String source, String id) {
        part(account == null ? NO_ACCOUNT : account);
        part(source.getBytes(StandardCharsets.UTF_8));
        return Bytes.wrap(Arrays.copyOf(digest.digest(id.getBytes(StandardCharsets.UTF_8)), KEY_BYTES));
    }

    private void part(byte[] bytes) {
        digestLength(bytes.length);
        digest.update(bytes);
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
