package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.PaymentIntents;
import io.drawdown.sandbox.store.Condition;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Puts a payment intent that was made elsewhere to an invoice; what it has paid already counts at once. */
final class Attachment {

    private Attachment() {}

    static ObjectNode attach(Call call) {
        var tx = call.tx();
        if (call.params().has("payment_record")) {
            throw ApiException.notCovered("payment_record", call.operation());
        }
        var invoice = tx.require(Invoices.TYPE, call.id(), null);
        var intent = tx.require(PaymentIntents.TYPE, call.need("payment_intent"), "payment_intent");
        refuseUnlessOpen(invoice);
        refuseUnlessFitting(tx, invoice, intent);
        var payment = InvoicePayments.open(tx, invoice, intent, false);
        if ("succeeded".equals(Json.string(intent, "status"))) {
            Collection.succeeded(tx, invoice.deepCopy(), invoice, payment);
        }
        return invoice;
    }

    private static void refuseUnlessOpen(ObjectNode invoice) {
        var status = Json.need(invoice, "status");
        if (!status.equals("open")) {
            throw ApiException.invalid(
                    null, "Payments can only be attached to an open invoice; this one is " + status + ".", null);
        }
    }

    private static void refuseUnlessFitting(Transaction tx, ObjectNode invoice, ObjectNode intent) {
        for (String field : new String[] {"customer", "currency"}) {
            if (!Objects.equals(Json.string(invoice, field), Json.string(intent, field))) {
                throw ApiException.invalid(
                        null, "The PaymentIntent and the invoice must have the same " + field + ".", "payment_intent");
            }
        }
        boolean taken = tx.work()
                        .count(
                                InvoicePayments.TYPE.name(),
                                Condition.is("payment.payment_intent", Json.need(intent, "id")))
                > 0;
        if (taken || "canceled".equals(Json.string(intent, "status"))) {
            throw ApiException.invalid(
                    null,
                    "This PaymentIntent is " + (taken ? "attached to an invoice already." : "canceled."),
                    "payment_intent");
        }
    }
}
