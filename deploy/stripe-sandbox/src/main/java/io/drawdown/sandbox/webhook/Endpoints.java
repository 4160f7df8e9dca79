package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.api.Release;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Work;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The webhook endpoints of v1 and the event destinations of v2 together: events go to both. */
final class Endpoints {

    private static final List<ResourceType> TYPES = List.of(WebhookEndpoints.TYPE, EventDestinations.TYPE);

    private Endpoints() {}

    /** A number that differs whenever one of them has changed. */
    static long revision(Work work) {
        return TYPES.stream().mapToLong(type -> work.revision(type.name())).sum();
    }

    static List<Endpoint> all(Work work) {
        return TYPES.stream()
                .flatMap(type -> work.all(type.name()).stream())
                .map(Endpoint::of)
                .toList();
    }

    /** The stored form, or null when there is none of that id. */
    static @Nullable ObjectNode find(Work work, String id) {
        return TYPES.stream()
                .flatMap(type -> Stream.ofNullable(work.get(type.name(), id)))
                .findFirst()
                .orElse(null);
    }

    /** The stored form; refuses an id of none. */
    static ObjectNode require(Work work, String id) {
        var found = find(work, id);
        if (found == null) {
            throw ApiException.noSuch(WebhookEndpoints.TYPE.label(), id, null);
        }
        return found;
    }

    /** Stores one of either kind in its place. */
    static void put(Work work, ObjectNode endpoint) {
        work.put(Json.need(endpoint, "object"), Json.need(endpoint, "id"), endpoint);
    }

    static void refuseMoreThan(int limit, Work work) {
        if (TYPES.stream().mapToInt(type -> work.size(type.name())).sum() >= limit) {
            throw ApiException.invalid(null, "You have reached the maximum of " + limit + " webhook endpoints.", null);
        }
    }

    static void checkUrl(String url, String param) {
        if (!isHttp(url)) {
            throw ApiException.malformed(
                    "url_invalid", "Invalid URL: An explicit scheme (such as http or https) must be provided.", param);
        }
    }

    private static boolean isHttp(String url) {
        try {
            var uri = URI.create(url);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static void refuseUnknownVersion(@Nullable String version, String param) {
        if (version != null && Release.named(version).isEmpty()) {
            throw ApiException.malformed(
                    null,
                    "The Stripe sandbox renders events in versions " + String.join(", ", Release.versions())
                            + " only, not " + version,
                    param);
        }
    }
}
