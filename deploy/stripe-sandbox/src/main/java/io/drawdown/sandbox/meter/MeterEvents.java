package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.api.ParameterCheck;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Takes usage events in and cancels them. What it answers says that an event is accepted, not that it is counted. */
public final class MeterEvents {

    private static final int MAX_IDENTIFIER = 100;
    private static final Set<String> NOT_FOUND = Set.of("no_meter", "archived_meter", "meter_event_customer_not_found");

    private final MeterSettings settings;
    private final InstantSource realTime;

    public MeterEvents(MeterSettings settings, InstantSource realTime) {
        this.settings = settings;
        this.realTime = realTime;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/billing/meter_events", this::create)
                .on("POST /v1/billing/meter_event_adjustments", this::adjust);
    }

    private ObjectNode create(Call call) {
        var event = read(call.tx(), call.params());
        accept(call.tx(), event);
        var answer = Json.object()
                .put("object", "billing.meter_event")
                .put("created", event.received())
                .put("event_name", event.eventName())
                .put("identifier", event.identifier())
                .put("livemode", false);
        answer.set("payload", event.payload());
        return answer.put("timestamp", event.timestamp());
    }

    private static MeterEvent read(Transaction tx, ObjectNode params) {
        return new MeterEvent(
                identifierIn(params),
                filled(params, "event_name"),
                Json.child(params, "payload"),
                Json.number(params, "timestamp", tx.now()),
                tx.now());
    }

    private static String identifierIn(ObjectNode params) {
        if (!params.has("identifier")) {
            return UUID.randomUUID().toString();
        }
        var identifier = filled(params, "identifier");
        if (identifier.length() > MAX_IDENTIFIER) {
            throw ApiException.malformed(
                    null, "Invalid string: identifier has at most " + MAX_IDENTIFIER + " characters.", "identifier");
        }
        return identifier;
    }

    private static String filled(ObjectNode params, String name) {
        var value = Json.string(params, name);
        if (value == null) {
            throw ParameterCheck.emptyFault(name);
        }
        return value;
    }

    private void accept(Transaction tx, MeterEvent event) {
        if (MeterEventLog.holder(tx, event.identifier()) != null) {
            throw ApiException.invalid(
                    null,
                    "An event already exists with identifier " + event.identifier() + ": identifiers are unique for 24 "
                            + "hours.",
                    "identifier");
        }
        if (settings.validatedAtOnce()) {
            MeterEventLog.accept(tx, event, good(tx, event), dueMillis());
        } else {
            MeterEventLog.accept(tx, event, dueMillis());
        }
    }

    private static Verdict.Good good(Transaction tx, MeterEvent event) {
        return switch (MeterRules.judge(tx, event)) {
            case Verdict.Good good -> good;
            case Verdict.Fault fault ->
                throw ApiException.invalid(
                        NOT_FOUND.contains(fault.code()) ? "resource_missing" : null, fault.message(), fault.param());
        };
    }

    private ObjectNode adjust(Call call) {
        var identifier = Json.string(call.params(), "cancel.identifier");
        cancel(call.tx(), filled(call.params(), "event_name"), identifier);
        var answer = Json.object().put("object", "billing.meter_event_adjustment");
        answer.putObject("cancel").put("identifier", identifier);
        return answer.put("event_name", call.text("event_name"))
                .put("livemode", false)
                .put("status", "pending")
                .put("type", "cancel");
    }

    private void cancel(Transaction tx, String eventName, @Nullable String identifier) {
        if (identifier == null) {
            throw ApiException.missing("cancel[identifier]");
        }
        var holder = MeterEventLog.holder(tx, identifier);
        if (holder == null || !eventName.equals(Json.string(holder, "event_name"))) {
            throw ApiException.invalid(
                    "resource_missing",
                    "No event named '" + eventName + "' with identifier '" + identifier
                            + "' was received in the last 24 hours: only such events can be cancelled.",
                    "cancel[identifier]");
        }
        if (Json.flag(holder, "cancelled")) {
            throw ApiException.invalid(
                    null, "The event with identifier '" + identifier + "' is cancelled already.", "cancel[identifier]");
        }
        MeterEventLog.cancel(tx, identifier, holder, dueMillis());
    }

    private long dueMillis() {
        return realTime.millis() + settings.processingDelay().toMillis();
    }
}
