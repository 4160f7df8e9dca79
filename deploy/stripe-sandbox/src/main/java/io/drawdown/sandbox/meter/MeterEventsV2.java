package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.v2.Rfc3339;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Usage events of v2: one at a time like those of v1, or many in a stream that nobody looks at before it is processed. */
final class MeterEventsV2 {

    private static final int MAX_STREAMED = 100;

    private final Intake intake;

    MeterEventsV2(Intake intake) {
        this.intake = intake;
    }

    void register(Routes routes) {
        routes.on("POST /v2/billing/meter_events", this::create)
                .on("POST /v2/billing/meter_event_adjustments", this::adjust)
                .on("POST /v2/billing/meter_event_session", MeterSessions::create)
                .on("POST " + MeterSessions.STREAM, this::stream);
    }

    private ObjectNode create(Call call) {
        var event = MeterEvent.of(call.tx(), call.params(), timestampIn(call.params()));
        intake.accept(call.tx(), event, Verdict.Fault::param);
        var answer = Json.object()
                .put("object", "v2.billing.meter_event")
                .put("created", Rfc3339.text(event.received()))
                .put("event_name", event.eventName())
                .put("identifier", event.identifier())
                .put("livemode", false);
        answer.set("payload", event.payload());
        return answer.put("timestamp", Rfc3339.text(event.timestamp()));
    }

    private static @Nullable Long timestampIn(JsonNode params) {
        var text = Json.string(params, "timestamp");
        return text == null ? null : Rfc3339.seconds(text);
    }

    private ObjectNode adjust(Call call) {
        var identifier = Json.string(call.params(), "cancel.identifier");
        intake.cancel(call.tx(), call.need("event_name"), identifier, "cancel.identifier");
        var answer =
                Json.object().put("id", Ids.next("mtradj_test")).put("object", "v2.billing.meter_event_adjustment");
        answer.putObject("cancel").put("identifier", identifier);
        return answer.put("created", Rfc3339.text(call.tx().now()))
                .put("event_name", call.text("event_name"))
                .put("livemode", false)
                .put("status", "pending")
                .put("type", "cancel");
    }

    private ObjectNode stream(Call call) {
        var events = Json.list(call.params(), "events");
        if (events.isEmpty() || events.size() > MAX_STREAMED) {
            throw ApiException.malformed(
                    null, "A request takes 1 to " + MAX_STREAMED + " events, not " + events.size() + ".", "events");
        }
        for (JsonNode event : events) {
            intake.acceptUnseen(call.tx(), MeterEvent.of(call.tx(), event, timestampIn(event)));
        }
        return Json.object();
    }
}
