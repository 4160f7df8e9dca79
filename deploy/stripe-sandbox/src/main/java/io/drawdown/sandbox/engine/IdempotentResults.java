package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Work;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * First results by idempotency key, kept in the transaction that they are the result of: of v1 all, of v2 the
 * successful ones, so that a failed request runs again.
 *
 * <p>While the first request under a key runs, a second one is refused with 409.
 */
final class IdempotentResults {

    /** Stored with the time until which they are kept. */
    static final String KIND = "_idempotency";

    private static final int MAX_KEY = 255;

    private final IdempotencySettings settings;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    IdempotentResults(IdempotencySettings settings) {
        this.settings = settings;
    }

    /** Whether a key has a meaning for the request: it has none where repeating is harmless. */
    static boolean concern(Request request) {
        return request.method().equals("POST")
                || (request.isV2() && request.method().equals("DELETE"));
    }

    /**
     * Refuses a second request while one under the key runs.
     *
     * @param claim the key and whose it is
     */
    void claim(String key, String claim) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw ApiException.malformed(null, "An idempotency key has 1 to " + MAX_KEY + " characters.", null);
        }
        if (!running.add(claim)) {
            throw ApiException.of(
                    409,
                    "invalid_request_error",
                    "idempotency_key_in_use",
                    "There is currently another in-progress request using this Idempotent Key (" + key
                            + "). Please try again later.");
        }
    }

    void release(String claim) {
        running.remove(claim);
    }

    /** What identifies the request that a key belongs to. */
    static String fingerprint(Request request, ObjectNode params) {
        try {
            var text = request.method() + " " + request.path() + " " + Json.text(params);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The kept result, or null; refuses the key when it belongs to another request. */
    @Nullable
    Reply find(Work work, String key, String fingerprint, long now) {
        var kept = work.get(KIND, key);
        if (kept == null || Json.number(kept, "at", 0) < now) {
            return null;
        }
        if (!fingerprint.equals(Json.string(kept, "fingerprint"))) {
            throw ApiException.of(
                    400,
                    "idempotency_error",
                    null,
                    "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                            + "Try using a key other than '" + key + "' if you meant to execute a different request.");
        }
        int status = (int) Json.number(kept, "status", 500);
        return new Reply(status, Json.bytes(kept.path("body")), true, status >= 500 ? false : null);
    }

    void keep(Work work, Request request, String key, String fingerprint, long now, Reply reply) {
        if (request.isV2() && reply.status() >= 400) {
            return;
        }
        var life = request.isV2() ? settings.v2() : settings.v1();
        var kept = Json.object()
                .put("fingerprint", fingerprint)
                .put("at", now + life.toSeconds())
                .put("status", reply.status());
        kept.set("body", Json.parse(reply.body()));
        work.remove(KIND, key);
        work.put(KIND, key, kept);
    }
}
