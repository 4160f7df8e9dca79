package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Usage events of v1. What is answered says that an event is accepted, not that it is counted. */
final class MeterEvents {

    private final Intake intake;

    MeterEvents(Intake intake) {
        this.intake = intake;
    }

    void register(Routes routes) {
        routes.on("POST /v1/billing/meter_events", this::create)
                .on("POST /v1/billing/meter_event_adjustments", this::adjust);
    }

    private ObjectNode create(Call call) {
        var timestamp = Json.at(call.params(), "timestamp");
        var event = MeterEvent.of(call.tx(), call.params(), timestamp == null ? null : timestamp.asLong());
        intake.accept(call.tx(), event, Verdict.Fault::formParam);
        var answer = Json.object()
                .put("object", "billing.meter_event")
                .put("created", event.received())
                .put("event_name", event.eventName())
                .put("identifier", event.identifier())
                .put("livemode", false);
        answer.set("payload", event.payload());
        return answer.put("timestamp", event.timestamp());
    }

    private ObjectNode adjust(Call call) {
        var identifier = Json.string(call.params(), "cancel.identifier");
        intake.cancel(call.tx(), call.need("event_name"), identifier, "cancel[identifier]");
        var answer = Json.object().put("object", "billing.meter_event_adjustment");
        answer.putObject("cancel").put("identifier", identifier);
        return answer.put("event_name", call.text("event_name"))
                .put("livemode", false)
                .put("status", "pending")
                .put("type", "cancel");
    }
}
