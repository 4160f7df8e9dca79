package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.PaymentMethods;
import io.drawdown.sandbox.store.Condition;
import tools.jackson.databind.node.ObjectNode;

/** Moves invoices with {@code auto_advance} on when their time has come: finalizes drafts, collects open ones. */
public final class Advancement {

    private final Finalization finalization;
    private final Collection collection;

    public Advancement(Finalization finalization, Collection collection) {
        this.finalization = finalization;
        this.collection = collection;
    }

    /** Everything that is due by the engine's clock. */
    public void advance(Engine engine) {
        engine.itself(tx -> due(tx).forEach(invoice -> advance(tx, invoice)));
    }

    private static Iterable<ObjectNode> due(Transaction tx) {
        return tx.work()
                .all(Invoices.TYPE.name(), Condition.that("_dueAt", due -> Long.parseLong(due) <= tx.now()))
                .reversed();
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
