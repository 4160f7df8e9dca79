package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Work;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes events and, in the same transaction, what is to be delivered of them. */
public final class EventLog {

    /** Events are read only. */
    public static final ResourceType TYPE =
            new ResourceType("event", "evt", "/v1/events", "event", "created", "type", "pending_webhooks", "_recorded");

    /** Told of each event inside its transaction. */
    @FunctionalInterface
    public interface Recipients {

        /** Arranges deliveries; returns how many. */
        int arrange(Transaction tx, ObjectNode event);
    }

    private final String apiVersion;
    private final Recipients recipients;

    public EventLog(String apiVersion, Recipients recipients) {
        this.apiVersion = apiVersion;
        this.recipients = recipients;
    }

    /** Returns the id of the event. */
    String record(Transaction tx, String type, ObjectNode object, @Nullable ObjectNode previous) {
        EventTypes.require(type, Json.need(object, "object"));
        var event = Json.object();
        event.put("id", Ids.next("evt")).put("object", "event").put("api_version", apiVersion);
        event.put("created", tx.now());
        var data = event.putObject("data");
        data.set("object", object);
        if (previous != null) {
            data.set("previous_attributes", previous);
        }
        event.put("livemode", false).put("pending_webhooks", 0);
        event.putObject("request")
                .put("id", tx.cause().requestId())
                .put("idempotency_key", tx.cause().idempotencyKey());
        event.put("type", type);
        if (!tx.work().account().equals(Work.PLATFORM)) {
            event.put("account", tx.work().account());
        }
        event.put("_recorded", tx.moment().outside());
        event.put("pending_webhooks", recipients.arrange(tx, event));
        tx.save(TYPE, event);
        tx.happened().add(event);
        return Json.need(event, "id");
    }

    /** Arranges the deliveries of an event that is stored elsewhere. */
    public void deliver(Transaction tx, ObjectNode event) {
        recipients.arrange(tx, event);
    }
}
