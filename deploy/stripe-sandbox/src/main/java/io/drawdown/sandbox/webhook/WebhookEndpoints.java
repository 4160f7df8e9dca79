package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Where events go. The secret is shown once, on creation. */
public final class WebhookEndpoints {

    public static final ResourceType TYPE =
            new ResourceType("webhook_endpoint", "we", "/v1/webhook_endpoints", "webhook endpoint", "created", "url");

    private final Fields fields;
    private final int limit;

    /** At most so many, event destinations included. */
    public WebhookEndpoints(Fields fields, int limit) {
        this.fields = fields;
        this.limit = limit;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/webhook_endpoints", this::create)
                .on("GET /v1/webhook_endpoints", Reading.list(TYPE))
                .on("GET /v1/webhook_endpoints/{webhook_endpoint}", Reading.retrieve(TYPE))
                .on("POST /v1/webhook_endpoints/{webhook_endpoint}", this::update)
                .on("DELETE /v1/webhook_endpoints/{webhook_endpoint}", WebhookEndpoints::delete);
    }

    private ObjectNode create(Call call) {
        var endpoint = Json.object().put("status", "enabled");
        Endpoints.refuseUnknownVersion(call.text("api_version"), "api_version");
        fields.take(call, TYPE, endpoint, Set.of("api_version", "connect"), Set.of());
        endpoint.put("api_version", call.text("api_version")).put("_connect", Json.flag(call.params(), "connect"));
        check(endpoint);
        Endpoints.refuseMoreThan(limit, call.tx().work());
        var secret = "whsec_" + Ids.text(32);
        call.tx().create(TYPE, endpoint.put("_secret", secret), null);
        return endpoint.put("secret", secret);
    }

    private static void check(ObjectNode endpoint) {
        Endpoints.checkUrl(Json.need(endpoint, "url"), "url");
        if (Json.list(endpoint, "enabled_events").isEmpty()) {
            throw ApiException.missing("enabled_events");
        }
    }

    private ObjectNode update(Call call) {
        var endpoint = call.tx().require(TYPE, call.id(), null);
        fields.take(call, TYPE, endpoint, Set.of("disabled"), Set.of());
        if (call.params().has("disabled")) {
            endpoint.put("status", Json.flag(call.params(), "disabled") ? "disabled" : "enabled");
        }
        check(endpoint);
        call.tx().save(TYPE, endpoint);
        return endpoint;
    }

    private static ObjectNode delete(Call call) {
        call.tx().require(TYPE, call.id(), null);
        call.tx().work().remove(TYPE.name(), call.id());
        return Json.object().put("id", call.id()).put("object", TYPE.name()).put("deleted", true);
    }

    /** Makes sure that there is an endpoint for all events at the URL with this secret. */
    public static void ensure(Transaction tx, String url, String secret) {
        var known = tx.work().all(TYPE.name(), Condition.is("url", url));
        var endpoint = known.isEmpty() ? Json.object().put("url", url).put("status", "enabled") : known.getFirst();
        endpoint.put("_secret", secret);
        if (known.isEmpty()) {
            endpoint.putArray("enabled_events").add("*");
            tx.create(TYPE, endpoint, null);
        } else {
            tx.save(TYPE, endpoint);
        }
    }
}
