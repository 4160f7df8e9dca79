package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Stripe's dashboard does with webhooks, and what goes wrong with them on demand: all that has no public API. */
public final class WebhookControl {

    private static final long DAY_SECONDS = 24 * 60 * 60L;
    private static final int MAX_LISTED = 200;

    private final Store store;
    private final InstantSource realTime;
    private final WebhookTroubles troubles;
    private final Deliveries deliveries;

    public WebhookControl(Store store, InstantSource realTime, WebhookTroubles troubles, Deliveries deliveries) {
        this.store = store;
        this.realTime = realTime;
        this.troubles = troubles;
        this.deliveries = deliveries;
    }

    /** What goes wrong by now. */
    public ObjectNode troubles() {
        return troubles.state();
    }

    /** Changes what the object names of what goes wrong. */
    public ObjectNode change(JsonNode json) {
        troubles.change(json);
        return released();
    }

    /** Nothing goes wrong any more. */
    public ObjectNode calm() {
        troubles.clear();
        return released();
    }

    private ObjectNode released() {
        if (!troubles.isHeld()) {
            deliveries.release();
        }
        return troubles.state();
    }

    /**
     * Gives an endpoint or event destination a new secret. The former one signs too for a while.
     *
     * @param json {@code overlapSeconds}, a day unless given; 0 ends the former one at once
     */
    public ObjectNode rollSecret(String endpointId, JsonNode json) {
        long overlap = Math.clamp(Json.number(json, "overlapSeconds", DAY_SECONDS), 0, DAY_SECONDS);
        long until = realTime.instant().getEpochSecond() + overlap;
        return store.run(work -> {
            var endpoint = Endpoints.require(work, endpointId);
            var secret = "whsec_" + Ids.text(32);
            Endpoints.put(
                    work,
                    endpoint.put("_former_secret", Json.need(endpoint, "_secret"))
                            .put("_former_until", until)
                            .put("_secret", secret));
            return Json.object().put("id", endpointId).put("secret", secret).put("former_secret_until", until);
        });
    }

    /**
     * Sends an event again under its id.
     *
     * @param json {@code endpoint}, every one that listens unless given
     */
    public ObjectNode resend(String eventId, JsonNode json) {
        return Json.object().put("deliveries", deliveries.resend(eventId, Json.string(json, "endpoint")));
    }

    /** The last deliveries, each with its attempts; of one event or endpoint when given. */
    public ObjectNode deliveries(@Nullable String event, @Nullable String endpoint) {
        var conditions = new ArrayList<Condition>();
        if (event != null) {
            conditions.add(Condition.is("event", event));
        }
        if (endpoint != null) {
            conditions.add(Condition.is("endpoint", endpoint));
        }
        var answer = Json.object();
        var list = answer.putArray("deliveries");
        store.run(work -> DeliveryLog.list(work, conditions, MAX_LISTED)).forEach(list::add);
        return answer;
    }
}
