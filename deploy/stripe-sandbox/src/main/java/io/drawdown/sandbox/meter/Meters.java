package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, rename, deactivate, reactivate and list meters. */
public final class Meters {

    public static final ResourceType TYPE =
            new ResourceType("billing.meter", "mtr", "/v1/billing/meters", "meter", "created", "status", "event_name");

    private static final int MAX_EVENT_NAME = 100;

    private final Fields fields;

    Meters(Fields fields) {
        this.fields = fields;
    }

    void register(Routes routes) {
        routes.on("POST /v1/billing/meters", this::create)
                .on("GET /v1/billing/meters", Reading.list(TYPE))
                .on("GET /v1/billing/meters/{id}", Reading.retrieve(TYPE))
                .on("POST /v1/billing/meters/{id}", this::update)
                .on("POST /v1/billing/meters/{id}/deactivate", Meters::deactivate)
                .on("POST /v1/billing/meters/{id}/reactivate", Meters::reactivate);
    }

    private ObjectNode create(Call call) {
        var name = call.need("event_name");
        if (name.length() > MAX_EVENT_NAME) {
            throw ApiException.malformed(
                    null, "Invalid string: event_name has at most " + MAX_EVENT_NAME + " characters.", "event_name");
        }
        refuseTaken(call, name);
        var meter = Json.object()
                .put("status", "active")
                .put("updated", call.tx().now())
                .putNull("event_time_window");
        meter.putObject("customer_mapping")
                .put("event_payload_key", "stripe_customer_id")
                .put("type", "by_id");
        meter.putObject("value_settings").put("event_payload_key", "value");
        fields.take(call, TYPE, meter, Set.of(), Set.of("dimension_payload_keys"));
        return call.tx().create(TYPE, meter, "billing.meter.created");
    }

    private static void refuseTaken(Call call, String eventName) {
        var holders = call.tx()
                .work()
                .all(TYPE.name(), Condition.is("event_name", eventName), Condition.is("status", "active"));
        if (!holders.isEmpty()) {
            throw ApiException.invalid(
                    "resource_already_exists",
                    "An active meter (" + Json.need(holders.getFirst(), "id") + ") already uses the event name "
                            + eventName + ".",
                    "event_name");
        }
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var meter = before.deepCopy();
        fields.take(call, TYPE, meter, Set.of(), Set.of());
        return changed(call, before, meter, "billing.meter.updated");
    }

    private static ObjectNode deactivate(Call call) {
        var before = requireStatus(call, "active");
        var meter = before.deepCopy().put("status", "inactive");
        meter.putObject("status_transitions").put("deactivated_at", call.tx().now());
        return changed(call, before, meter, "billing.meter.deactivated");
    }

    private static ObjectNode reactivate(Call call) {
        var before = requireStatus(call, "inactive");
        refuseTaken(call, Json.need(before, "event_name"));
        var meter = before.deepCopy().put("status", "active");
        meter.putObject("status_transitions").putNull("deactivated_at");
        return changed(call, before, meter, "billing.meter.reactivated");
    }

    private static ObjectNode requireStatus(Call call, String status) {
        var meter = call.tx().require(TYPE, call.id(), null);
        if (!status.equals(Json.string(meter, "status"))) {
            throw ApiException.invalid(
                    null, "The meter is not " + status + ": it is " + Json.string(meter, "status") + ".", null);
        }
        return meter;
    }

    private static ObjectNode changed(Call call, ObjectNode before, ObjectNode meter, String event) {
        if (!meter.equals(before)) {
            meter.put("updated", call.tx().now());
        }
        call.tx().saveChanged(TYPE, before, meter, event);
        return meter;
    }
}
