package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.PaymentMethods;
import tools.jackson.databind.node.ObjectNode;

/** Moves invoices with {@code auto_advance} on when their time has come: finalizes drafts, collects open ones. */
public final class Advancement {

    private final Finalization finalization;
    private final Collection collection;

    public Advancement(Finalization finalization, Collection collection) {
        this.finalization = finalization;
        this.collection = collection;
    }

    /** Declares what happens to invoices that are due. */
    public void register(Agenda agenda) {
        agenda.when(Invoices.TYPE, this::advance);
    }

    private void advance(Transaction tx, ObjectNode invoice) {
        var open = "draft".equals(Json.string(invoice, "status")) ? finalization.finalizeDraft(tx, invoice) : invoice;
        boolean charges = "charge_automatically".equals(Json.string(open, "collection_method"));
        if (!charges || !"open".equals(Json.string(open, "status"))) {
            return;
        }
        var method = Collection.methodOf(tx, open);
        if (method == null) {
            collection.withoutMethod(tx, open);
        } else {
            collection.attempt(tx, open, tx.require(PaymentMethods.TYPE, method, "payment_method"));
        }
    }
}
