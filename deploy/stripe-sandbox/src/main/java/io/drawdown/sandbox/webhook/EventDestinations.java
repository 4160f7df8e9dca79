package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.api.Release;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.v2.Pages;
import io.drawdown.sandbox.v2.Rfc3339;
import io.drawdown.sandbox.v2.ThinEvents;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where events go, by v2: webhook endpoints that receive snapshots of v1 events or notifications of thin ones. URL and
 * secret are shown to who includes them, the secret on creation only.
 */
public final class EventDestinations {

    public static final ResourceType TYPE = new ResourceType(
            "v2.core.event_destination", "ed_test", "/v2/core/event_destinations", "event destination");

    static final String PING = "v2.core.event_destination.ping";

    private static final Set<String> THIN_EVENTS =
            Set.of("*", "v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found", PING);
    private static final Set<String> SOURCES = Set.of("@self", "@accounts");
    private static final Set<String> HANDLED =
            Set.of("include", "type", "webhook_endpoint", "description", "name", "snapshot_api_version", "events_from");
    private static final Set<String> REFUSED = Set.of("amazon_eventbridge", "azure_event_grid");

    private final Fields fields;
    private final Set<String> snapshotEvents;
    private final int limit;

    /** At most so many, webhook endpoints of v1 included. */
    public EventDestinations(ApiDescription api, int limit) {
        this.fields = new Fields(api);
        this.snapshotEvents = api.listed("POST /v1/webhook_endpoints", "enabled_events");
        this.limit = limit;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v2/core/event_destinations", this::create)
                .on("GET /v2/core/event_destinations", EventDestinations::list)
                .on("GET /v2/core/event_destinations/{id}", call -> shown(required(call), call.params()))
                .on("POST /v2/core/event_destinations/{id}", this::update)
                .on("DELETE /v2/core/event_destinations/{id}", EventDestinations::delete)
                .on("POST /v2/core/event_destinations/{id}/enable", call -> change(call, EventDestinations::enable))
                .on("POST /v2/core/event_destinations/{id}/disable", call -> change(call, EventDestinations::disable))
                .on("POST /v2/core/event_destinations/{id}/ping", EventDestinations::ping);
    }

    /** Makes a destination of all thin events with that address, unless there is one, and gives it that secret. */
    public static void ensure(Transaction tx, String url, String secret) {
        var destination = tx.work().all(TYPE.name()).stream()
                .filter(known -> url.equals(Json.string(known, "webhook_endpoint.url")))
                .filter(known -> "thin".equals(Json.string(known, "event_payload")))
                .findFirst()
                .orElseGet(() -> thin(tx, url));
        save(tx, destination.put("_secret", secret));
    }

    private static ObjectNode thin(Transaction tx, String url) {
        var destination = enabled(tx)
                .put("name", url)
                .put("event_payload", "thin")
                .put("livemode", false)
                .put("_connect", false);
        destination.putArray("events_from").add("@self");
        destination.putArray("enabled_events").add("*");
        destination.withObject("/webhook_endpoint").put("url", url);
        return destination;
    }

    private static ObjectNode enabled(Transaction tx) {
        var destination = Json.object()
                .put("id", Ids.next(TYPE.prefix()))
                .put("object", TYPE.name())
                .put("created", Rfc3339.text(tx.now()))
                .put("description", "")
                .put("status", "enabled")
                .put("type", "webhook_endpoint");
        destination.putObject("webhook_endpoint");
        return destination;
    }

    private ObjectNode create(Call call) {
        refuseOtherTypes(call);
        var destination = enabled(call.tx()).put("_secret", "whsec_" + Ids.text(32));
        takeSource(call, destination);
        takeVersion(call, destination);
        take(call, destination);
        Endpoints.refuseMoreThan(limit, call.tx().work());
        save(call.tx(), destination);
        var secret = Json.need(destination, "_secret");
        var shown = shown(destination, call.params());
        if (includes(call.params(), "webhook_endpoint.signing_secret")) {
            shown.withObject("/webhook_endpoint").put("signing_secret", secret);
        }
        return shown;
    }

    private static void refuseOtherTypes(Call call) {
        if (!"webhook_endpoint".equals(call.text("type"))) {
            throw ApiException.notCovered("type=" + call.text("type"), call.operation());
        }
        if (Json.string(call.params(), "webhook_endpoint.url") == null) {
            throw ApiException.missing("webhook_endpoint");
        }
    }

    private static void takeSource(Call call, ObjectNode destination) {
        var sources = Json.list(call.params(), "events_from");
        var source = sources.isEmpty() ? "@self" : sources.get(0).asString();
        if (sources.size() > 1 || !SOURCES.contains(source)) {
            throw ApiException.malformed(
                    null, "Invalid events_from: the Stripe sandbox has one of @self and @accounts.", "events_from");
        }
        destination
                .put("_connect", source.equals("@accounts"))
                .putArray("events_from")
                .add(source);
    }

    private void takeVersion(Call call, ObjectNode destination) {
        var version = call.text("snapshot_api_version");
        if ("snapshot".equals(call.text("event_payload"))) {
            Endpoints.refuseUnknownVersion(version, "snapshot_api_version");
            destination.put(
                    "snapshot_api_version", version == null ? Release.newest().version() : version);
        } else if (version != null) {
            throw ApiException.malformed(
                    null, "Invalid snapshot_api_version: thin events have no version.", "snapshot_api_version");
        }
    }

    private ObjectNode update(Call call) {
        return change(call, destination -> take(call, destination));
    }

    private void take(Call call, ObjectNode destination) {
        fields.take(call, TYPE, destination, HANDLED, REFUSED);
        takeTexts(call.params(), destination);
        var url = Json.string(call.params(), "webhook_endpoint.url");
        if (url != null) {
            Endpoints.checkUrl(url, "webhook_endpoint.url");
            destination.withObject("/webhook_endpoint").put("url", url);
        }
        refuseUnknownEvents(destination);
    }

    private static void takeTexts(ObjectNode params, ObjectNode destination) {
        if (params.has("description")) {
            var description = Json.string(params, "description");
            destination.put("description", description == null ? "" : description);
        }
        if (params.has("name")) {
            var name = Json.string(params, "name");
            if (name == null || name.isBlank()) {
                throw ApiException.malformed("parameter_invalid_empty", "A destination needs a name.", "name");
            }
            destination.put("name", name);
        }
    }

    private void refuseUnknownEvents(ObjectNode destination) {
        var known = "thin".equals(Json.string(destination, "event_payload")) ? THIN_EVENTS : snapshotEvents;
        var events = Json.list(destination, "enabled_events");
        if (events.isEmpty()) {
            throw ApiException.missing("enabled_events");
        }
        for (JsonNode event : events) {
            if (!known.contains(event.asString())) {
                throw ApiException.malformed(
                        null,
                        "Invalid enabled_events: there is no event " + event.asString() + " with payload "
                                + Json.string(destination, "event_payload") + ".",
                        "enabled_events");
            }
        }
    }

    private static ObjectNode change(Call call, Consumer<ObjectNode> change) {
        var destination = required(call);
        change.accept(destination);
        save(call.tx(), destination);
        return shown(destination, call.params());
    }

    private static void save(Transaction tx, ObjectNode destination) {
        tx.save(TYPE, destination.put("updated", Rfc3339.text(tx.now())));
    }

    private static void enable(ObjectNode destination) {
        destination.put("status", "enabled").remove("status_details");
    }

    private static void disable(ObjectNode destination) {
        destination.put("status", "disabled");
        destination.putObject("status_details").putObject("disabled").put("reason", "user");
    }

    private static ObjectNode delete(Call call) {
        required(call);
        call.tx().work().remove(TYPE.name(), call.id());
        return Json.object().put("id", call.id()).put("deleted", true);
    }

    private static ObjectNode ping(Call call) {
        required(call);
        var related = ThinEvents.related(call.id(), TYPE.name(), TYPE.path() + "/" + call.id());
        return ThinEvents.record(call.tx(), PING, related, null);
    }

    private static ObjectNode list(Call call) {
        return Pages.page(call, TYPE, _ -> List.of(), EventDestinations::shown);
    }

    private static ObjectNode required(Call call) {
        return call.tx().require(TYPE, call.id(), null);
    }

    private static ObjectNode shown(ObjectNode destination, ObjectNode params) {
        if (!includes(params, "webhook_endpoint.url")) {
            destination.remove("webhook_endpoint");
        }
        return destination;
    }

    private static boolean includes(ObjectNode params, String field) {
        return Json.list(params, "include")
                .valueStream()
                .anyMatch(one -> one.asString().equals(field));
    }
}
