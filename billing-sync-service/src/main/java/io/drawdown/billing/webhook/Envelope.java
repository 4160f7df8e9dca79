package io.drawdown.billing.webhook;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is read of an event before it is believed: enough to file it. The rest stays in the body.
 *
 * @param objectId the object it tells of; the event itself where it names none
 * @param data the snapshot it carries, which is only ever read for ids; absent from thin events
 */
record Envelope(
        String eventId,
        String type,
        @Nullable String apiVersion,
        boolean livemode,
        Instant createdAt,
        String objectId,
        @Nullable JsonNode data) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Reads an event; empty if the body is no event of Stripe's. */
    static Optional<Envelope> parse(byte[] body) {
        try {
            var root = JSON.readTree(body);
            return hasIdentity(root) ? Optional.of(read(root)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean hasIdentity(JsonNode root) {
        return root.path("id").isString() && root.path("type").isString() && root.has("created");
    }

    private static Envelope read(JsonNode root) {
        var data = root.path("data").path("object");
        var eventId = root.path("id").asString();
        return new Envelope(
                eventId,
                root.path("type").asString(),
                root.path("api_version").asStringOpt().orElse(null),
                root.path("livemode").asBoolean(false),
                instant(root.path("created")),
                objectId(root, eventId),
                data.isObject() ? data : null);
    }

    private static String objectId(JsonNode root, String eventId) {
        return root.path("data")
                .path("object")
                .path("id")
                .asStringOpt()
                .or(() -> root.path("related_object").path("id").asStringOpt())
                .orElse(eventId);
    }

    /** Seconds in an ordinary event, an ISO 8601 time in a thin one. */
    private static Instant instant(JsonNode created) {
        return created.isNumber() ? Instant.ofEpochSecond(created.asLong()) : Instant.parse(created.asString());
    }
}
