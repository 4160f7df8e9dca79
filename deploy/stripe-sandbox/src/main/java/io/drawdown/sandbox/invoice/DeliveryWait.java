package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.EventLog;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * The draft of a subscription waits, before it is finalized, for its {@code invoice.created} to be delivered, and then an
 * hour more: so that whoever adds to it has the time. One that is delivered within its first hour waits no longer.
 *
 * <p>On a test clock nothing waits: deliveries take real time.
 *
 * @param patience how long after its creation it waits at most
 */
record DeliveryWait(Duration patience) {

    private static final int HOUR = 3600;
    private static final int LOOK_SECONDS = 60;

    /** Whether the draft, which is due, is to wait on; it is stored with the time at which it is due again. */
    boolean holds(Transaction tx, ObjectNode draft) {
        var created = Json.string(draft, "_createdEvent");
        if (created == null || tx.moment().clock() != null || Json.at(draft, "webhooks_delivered_at") != null) {
            return false;
        }
        boolean late = Json.flag(draft, "_undelivered");
        if (isDelivered(tx, created)) {
            delivered(tx, draft, late);
            return late;
        }
        if (tx.now() - Json.number(draft, "created", 0) >= patience.toSeconds()) {
            return false;
        }
        tx.save(Invoices.TYPE, Agenda.plan(draft.put("_undelivered", true), tx.now() + LOOK_SECONDS));
        return true;
    }

    private static boolean isDelivered(Transaction tx, String id) {
        var event = tx.find(EventLog.TYPE, id);
        return event == null || Json.number(event, "pending_webhooks", 0) == 0;
    }

    private static void delivered(Transaction tx, ObjectNode draft, boolean late) {
        var before = draft.deepCopy();
        draft.put("webhooks_delivered_at", late ? tx.now() : Json.number(draft, "created", 0));
        if (late) {
            draft.put("automatically_finalizes_at", tx.now() + HOUR);
            Invoices.saveChanged(tx, before, draft);
        }
    }
}
