package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.PaymentMethods;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Moves invoices with {@code auto_advance} on when their time has come: finalizes drafts, collects open ones. */
public final class Advancement {

    private final Finalization finalization;
    private final Collection collection;
    private final DeliveryWait wait;

    /** Takes how long a draft waits for its first webhook at most. */
    public Advancement(Finalization finalization, Collection collection, Duration patience) {
        this.wait = new DeliveryWait(patience);
        this.finalization = finalization;
        this.collection = collection;
    }

    /** Declares what happens to invoices that are due. */
    public void register(Agenda agenda) {
        agenda.when(Invoices.TYPE, this::advance);
    }

    private void advance(Transaction tx, ObjectNode invoice) {
        boolean draft = "draft".equals(Json.string(invoice, "status"));
        if (draft && wait.holds(tx, invoice)) {
            return;
        }
        var open = draft ? finalization.finalizeDraft(tx, invoice) : invoice;
        if (!"open".equals(Json.string(open, "status")) || isPaused(tx, open)) {
            return;
        }
        if ("charge_automatically".equals(Json.string(open, "collection_method"))) {
            collect(tx, open);
        } else if (draft) {
            tx.emit("invoice.sent", open);
        } else {
            tx.save(Invoices.TYPE, open.put("_overdueSaidFor", Json.number(open, "due_date", 0)));
            tx.emit("invoice.overdue", open);
        }
    }

    private void collect(Transaction tx, ObjectNode open) {
        var method = Collection.methodOf(tx, open);
        if (method == null) {
            collection.withoutMethod(tx, open);
        } else {
            collection.attempt(tx, open, tx.require(PaymentMethods.TYPE, method, "payment_method"));
        }
    }

    /** While collection of its subscription is paused, an invoice is given up as soon as it is final. */
    private static boolean isPaused(Transaction tx, ObjectNode invoice) {
        var owner = Json.string(invoice, "_subscription");
        var subscription = owner == null ? null : tx.work().get("subscription", owner);
        var behavior = subscription == null ? null : Json.string(subscription, "pause_collection.behavior");
        if (behavior == null || !"open".equals(Json.string(invoice, "status"))) {
            return false;
        }
        switch (behavior) {
            case "void" -> Endings.voidInvoice(tx, invoice);
            case "mark_uncollectible" -> Endings.markUncollectible(tx, invoice);
            default -> {}
        }
        return true;
    }
}
