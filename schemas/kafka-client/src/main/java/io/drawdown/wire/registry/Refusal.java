package io.drawdown.wire.registry;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Puts a refusal of the registry into words: what was asked, what it said, what to do. */
final class Refusal {

    private static final int LONGEST_QUOTE = 2_000;

    private Refusal() {}

    static String of(URI uri, int status, byte[] body) {
        return "The schema registry refused " + uri + " with " + status + ": " + quote(body) + ". " + remedy(status);
    }

    /** Whether a registry has said it, and not something that stands before it. */
    static boolean isRegistrys(byte[] body) {
        try {
            return RegistryHttp.JSON.readTree(body).has("error_code");
        } catch (IOException e) {
            return false;
        }
    }

    private static String quote(byte[] body) {
        var text = message(body);
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    private static String message(byte[] body) {
        try {
            var message = RegistryHttp.JSON.readTree(body).path("message").asText("");
            if (!message.isEmpty()) {
                return message;
            }
        } catch (IOException e) {
            // Not JSON: a proxy's page, perhaps. It is quoted as it is.
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401, 403 ->
                "Check basic.auth.credentials.source and basic.auth.user.info, or bearer.auth.token, and what they may do";
            case 404 ->
                "Either " + RegistrySettings.URL + " does not name the base of a Confluent-compatible API, or it is"
                        + " another registry than the one in which the schema was registered";
            case 409 ->
                "The schema breaks readers of an older one: change it compatibly (see schemas/README.md) or use a"
                        + " new topic";
            case 422 -> "The registry cannot read the schema: check it with the registry's own tools";
            default -> "Check the registry's log";
        };
    }
}
