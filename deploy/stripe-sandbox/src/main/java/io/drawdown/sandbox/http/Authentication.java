package io.drawdown.sandbox.http;

import io.drawdown.sandbox.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secret keys of test mode, by Bearer or by Basic with the key as user name.
 *
 * @param keys the keys accepted; empty accepts every test-mode key
 * @param restricted keys accepted as well, each with permissions of its own
 */
record Authentication(Set<String> keys, Set<String> restricted) {

    private static final Pattern CONNECTED = Pattern.compile("sk_test_(acct_\\w+?)_\\w+");

    /** Returns the key when the header carries an accepted one; refuses with 401 otherwise. */
    String check(@Nullable String header) {
        var key = header == null ? null : keyIn(header);
        if (key == null || key.isEmpty()) {
            throw unauthorized("You did not provide an API key. You need to provide your API key in the Authorization "
                    + "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
        }
        if (key.startsWith("pk_")) {
            throw ApiException.of(
                    403,
                    "invalid_request_error",
                    "secret_key_required",
                    "This API call cannot be made with a publishable API key. Please use a secret API key. You can find a "
                            + "list of your API keys at https://dashboard.stripe.com/account/apikeys.");
        }
        if (!isTestKey(key)) {
            throw unauthorized("Invalid API Key provided: the Stripe sandbox takes keys beginning with sk_test_ or "
                    + "rk_test_ only. A live key has no business here: if it is one, roll it.");
        }
        if (!accepts(key)) {
            throw unauthorized("Invalid API Key provided: " + key.substring(0, 8)
                    + "****: start the sandbox with it as --api-key.");
        }
        return key;
    }

    /** Whether it is one of the platform's keys, or one that a connected account's owner gave with his consent. */
    boolean accepts(String key) {
        return isTestKey(key)
                && (keys.isEmpty() || keys.contains(key) || restricted.contains(key) || accountOf(key) != null);
    }

    /** The connected account that a key is for; null for the platform's own. */
    static @Nullable String accountOf(String key) {
        var matcher = CONNECTED.matcher(key);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static boolean isTestKey(String key) {
        return key.startsWith("sk_test_") || key.startsWith("rk_test_");
    }

    static @Nullable String keyIn(String header) {
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
