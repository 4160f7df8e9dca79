package io.drawdown.sandbox.trouble;

import io.drawdown.sandbox.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens to the next matching requests.
 *
 * @param kind what goes wrong
 * @param method HTTP method, or null for all
 * @param path where a star stands for one segment and two stars for the rest, or null for all
 * @param status of the errors: 424, 429, or any 5xx
 * @param reason what {@code Stripe-Rate-Limited-Reason} says with a 429
 * @param latencyMillis added before the request is executed
 * @param percent how many of the matching requests, by chance
 */
public record Trouble(
        Kind kind,
        @Nullable String method,
        @Nullable String path,
        int status,
        String reason,
        int latencyMillis,
        int percent) {

    /** What can go wrong. */
    public enum Kind {
        /** An error, and nothing has happened. */
        ERROR_BEFORE,
        /** An error, and nothing has happened; the same idempotency key later gets the same error. */
        ERROR_KEPT,
        /** A 429, as if another request held the object; nothing has happened. */
        LOCK_TIMEOUT,
        /** The connection is cut, and nothing has happened. */
        CUT_BEFORE,
        /** It happened; the client gets an error. The same idempotency key later gets the true result. */
        ERROR_AFTER,
        /** It happened; the client's connection is cut. The same idempotency key later gets the true result. */
        CUT_AFTER,
        /** It happens, late. */
        LATENCY
    }

    private static final Pattern PIECE = Pattern.compile("\\*{1,2}|[^*]+");
    private static final List<String> REASONS =
            List.of("global-rate", "global-concurrency", "endpoint-rate", "endpoint-concurrency", "resource-specific");
    private static final int MAX_LATENCY = 120_000;

    public Trouble {
        if (kind == Kind.ERROR_KEPT && status == 429) {
            throw new IllegalArgumentException("A 429 is never kept: give error-kept a status from 500 to 599");
        }
        if (kind != Kind.LATENCY && status != 424 && status != 429 && (status < 500 || status > 599)) {
            throw new IllegalArgumentException("status is 424, 429 or 500 to 599, not " + status);
        }
        if (!REASONS.contains(reason)) {
            throw new IllegalArgumentException("reason is one of " + String.join(", ", REASONS) + ", not " + reason);
        }
        if (latencyMillis < 0 || latencyMillis > MAX_LATENCY) {
            throw new IllegalArgumentException("latencyMillis is 0 to " + MAX_LATENCY + ", not " + latencyMillis);
        }
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("percent is 1 to 100, not " + percent);
        }
    }

    static Trouble read(JsonNode json) {
        var kind = String.valueOf(Json.string(json, "kind"))
                .toUpperCase(Locale.ROOT)
                .replace('-', '_');
        if (Arrays.stream(Kind.values()).noneMatch(known -> known.name().equals(kind))) {
            throw new IllegalArgumentException(
                    "kind is one of error-before, error-kept, lock-timeout, cut-before, error-after, cut-after, latency; not "
                            + Json.string(json, "kind"));
        }
        return new Trouble(
                Kind.valueOf(kind),
                Json.string(json, "method"),
                Json.string(json, "path"),
                (int) Json.number(json, "status", 500),
                json.has("reason") ? String.valueOf(Json.string(json, "reason")) : "global-rate",
                (int) Json.number(json, "latencyMillis", 0),
                (int) Json.number(json, "percent", 100));
    }

    boolean concerns(String requestMethod, String requestPath) {
        return (method == null || method.equalsIgnoreCase(requestMethod))
                && (path == null || pattern().matcher(requestPath).matches());
    }

    private Pattern pattern() {
        return Pattern.compile(PIECE.matcher(String.valueOf(path))
                .replaceAll(piece -> Matcher.quoteReplacement(expression(piece.group()))));
    }

    private static String expression(String piece) {
        return switch (piece) {
            case "**" -> ".*";
            case "*" -> "[^/]+";
            default -> Pattern.quote(piece);
        };
    }

    boolean strikes() {
        return percent == 100 || ThreadLocalRandom.current().nextInt(100) < percent;
    }

    ObjectNode node() {
        return Json.object()
                .put("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("method", method)
                .put("path", path)
                .put("status", status)
                .put("reason", reason)
                .put("latencyMillis", latencyMillis)
                .put("percent", percent);
    }
}
