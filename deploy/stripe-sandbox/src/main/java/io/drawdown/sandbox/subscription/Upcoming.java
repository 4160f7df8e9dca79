package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Billing;
import tools.jackson.databind.node.ObjectNode;

/** The next invoice of a subscription as it would be now, without an id. */
final class Upcoming {

    private final Billing billing;

    Upcoming(Billing billing) {
        this.billing = billing;
    }

    /** Says {@code invoice.upcoming}. */
    void announce(Transaction tx, ObjectNode subscription) {
        var renewed = subscription.deepCopy();
        long renewal = Subscriptions.period(subscription).end();
        var bill = Lifecycle.nextBill(tx, renewed);
        var invoice = billing.preview(tx, bill, renewal);
        invoice.put("billing_reason", "upcoming").remove("id");
        tx.emit("invoice.upcoming", invoice);
    }
}
