package io.drawdown.sandbox.http;

import io.drawdown.sandbox.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Secret keys of test mode, by Bearer or by Basic with the key as user name.
 *
 * @param keys the keys accepted; empty accepts every test-mode key
 */
record Authentication(Set<String> keys) {

    /** Returns when the header carries an accepted key; refuses with 401 otherwise. */
    void check(@Nullable String header) {
        var key = header == null ? null : keyIn(header);
        if (key == null || key.isEmpty()) {
            throw unauthorized("You did not provide an API key. You need to provide your API key in the Authorization "
                    + "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
        }
        if (!isTestKey(key)) {
            throw unauthorized("Invalid API Key provided: the Stripe sandbox takes keys beginning with sk_test_ or "
                    + "rk_test_ only. A live key has no business here: if it is one, roll it.");
        }
        if (!keys.isEmpty() && !keys.contains(key)) {
            throw unauthorized("Invalid API Key provided: " + key.substring(0, 8)
                    + "****: start the sandbox with it as --api-key.");
        }
    }

    private static boolean isTestKey(String key) {
        return key.startsWith("sk_test_") || key.startsWith("rk_test_");
    }

    private static @Nullable String keyIn(String header) {
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return header.substring(7).strip();
        }
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return null;
        }
        try {
            var decoded =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0 ? decoded : decoded.substring(0, colon);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static ApiException unauthorized(String message) {
        return ApiException.of(401, "invalid_request_error", null, message);
    }
}
