package io.drawdown.support.security;

import io.drawdown.support.security.SecurityProperties.ApiKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recognises keys. How long it takes tells nothing about any of them: every key is compared, whole, every time. */
final class ApiKeys {

    private final List<Known> known;

    ApiKeys(List<ApiKey> keys) {
        this.known = keys.stream()
                .map(key -> new Known(HexFormat.of().parseHex(key.sha256()), key))
                .toList();
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    Optional<ApiKey> recognise(String presented) {
        var digest = sha256(presented);
        @Nullable ApiKey found = null;
        for (var candidate : known) {
            if (MessageDigest.isEqual(candidate.digest(), digest)) {
                found = candidate.key();
            }
        }
        return Optional.ofNullable(found);
    }

    private static byte[] sha256(String presented) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(presented.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared as a record; the digest is what isEqual takes.
    private record Known(byte[] digest, ApiKey key) {}
}
