package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.engine.Reactions;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.PaymentIntents;
import io.drawdown.sandbox.store.Condition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of an invoice when its payment ends otherwise than in the request to pay it: the customer has
 * authenticated, a bank debit has come back, somebody has confirmed the payment intent itself.
 */
public final class Settlement {

    private final Collection collection;

    public Settlement(Collection collection) {
        this.collection = collection;
    }

    /** Declares the reactions. */
    public void register(Reactions reactions) {
        reactions
                .on("payment_intent.succeeded", Settlement::succeeded)
                .on("payment_intent.payment_failed", this::failed);
    }

    private static void succeeded(Transaction tx, ObjectNode intent) {
        var payment = openPayment(tx, intent);
        var invoice = payment == null ? null : unpaid(tx, payment);
        if (payment != null && invoice != null) {
            Collection.succeeded(tx, invoice.deepCopy(), invoice.put("attempted", true), payment);
        }
    }

    private void failed(Transaction tx, ObjectNode event) {
        var intent = tx.require(PaymentIntents.TYPE, Json.need(event, "id"), null);
        var payment = openPayment(tx, intent);
        var invoice = payment == null ? null : unpaid(tx, payment);
        if (payment != null && invoice != null && InvoicePayments.isNews(payment, intent)) {
            InvoicePayments.note(tx, payment, intent);
            collection.failed(tx, invoice.deepCopy(), invoice.put("attempted", true), "invoice.payment_failed");
        }
    }

    private static @Nullable ObjectNode openPayment(Transaction tx, ObjectNode intent) {
        var found = tx.work()
                .all(
                        InvoicePayments.TYPE.name(),
                        Condition.is("payment.payment_intent", Json.need(intent, "id")),
                        Condition.is("status", "open"));
        return found.isEmpty() ? null : found.getFirst();
    }

    private static @Nullable ObjectNode unpaid(Transaction tx, ObjectNode payment) {
        var invoice = tx.find(Invoices.TYPE, Json.need(payment, "invoice"));
        return invoice == null || "paid".equals(Json.string(invoice, "status")) ? null : invoice;
    }
}
