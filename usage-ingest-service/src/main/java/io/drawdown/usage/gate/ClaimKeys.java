package io.drawdown.usage.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Makes an identity, such as an event's (account, source, id), a key of 16 bytes: the first half of its SHA-256, so that no
 * two that matter ever meet and the state does not grow with the length of the ids. Not safe for use by several threads.
 */
final class ClaimKeys {

    private static final int KEY_BYTES = 16;
    private static final byte[] NO_ACCOUNT = new byte[0];

    /** Stand where an account's length would, which is never negative: so keys of different kinds never meet. */
    private static final int CORRECTION = -1;

    private static final int TEXT = -2;

    private final MessageDigest digest = sha256();

    /** @param account the record's key; an event that stands under another key than its account's id is never accepted */
    Bytes of(byte @Nullable [] account, String source, String id) {
        part(account == null ? NO_ACCOUNT : account);
        part(source.getBytes(StandardCharsets.UTF_8));
        return end(id);
    }

    Bytes ofCorrection(String accountId, String correctionId) {
        digestLength(CORRECTION);
        part(accountId.getBytes(StandardCharsets.UTF_8));
        return end(correctionId);
    }

    Bytes ofText(String accountId, String meterId, YearMonth month, String text) {
        digestLength(TEXT);
        part(accountId.getBytes(StandardCharsets.UTF_8));
        part(meterId.getBytes(StandardCharsets.UTF_8));
        part(month.toString().getBytes(StandardCharsets.UTF_8));
        return end(text);
    }

    private Bytes end(String last) {
        return Bytes.wrap(Arrays.copyOf(digest.digest(last.getBytes(StandardCharsets.UTF_8)), KEY_BYTES));
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
