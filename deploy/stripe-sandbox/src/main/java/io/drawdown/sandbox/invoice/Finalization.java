package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.PaymentIntents;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** From draft to open, or to paid when nothing is due. */
public final class Finalization {

    private static final int HOUR = 3600;

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/invoices/{invoice}/finalize", this::finalizeInvoice);
    }

    private ObjectNode finalizeInvoice(Call call) {
        var invoice = call.tx().require(Invoices.TYPE, call.id(), null);
        if (!"draft".equals(Json.string(invoice, "status"))) {
            throw ApiException.invalid(
                    "invoice_not_editable",
                    "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
                    null);
        }
        if (call.params().has("auto_advance")) {
            invoice.put("auto_advance", Json.flag(call.params(), "auto_advance"));
        }
        return finalizeDraft(call.tx(), invoice);
    }

    /** Changes, stores and returns the invoice. */
    public ObjectNode finalizeDraft(Transaction tx, ObjectNode invoice) {
        var before = invoice.deepCopy();
        MeteredLines.refresh(tx, invoice);
        var totals = Totals.write(tx, invoice);
        settleCustomer(tx, invoice, totals);
        var id = Json.need(invoice, "id");
        invoice.put("status", "open")
                .put("effective_at", Json.number(invoice, "effective_at", tx.now()))
                .put("ending_balance", totals.total() == 0 ? 0 : totals.endingBalance())
                .put("hosted_invoice_url", "https://invoice.stripe.com/i/sandbox/" + id)
                .put("invoice_pdf", "https://pay.stripe.com/invoice/sandbox/" + id + "/pdf");
        Json.child(invoice, "status_transitions").put("finalized_at", tx.now());
        return totals.amountDue() == 0 ? nothingDue(tx, invoice) : open(tx, before, invoice);
    }

    /** The number is taken from the customer's sequence; the balance is used up by this invoice. */
    private static void settleCustomer(Transaction tx, ObjectNode invoice, Totals totals) {
        var customer = tx.require(Customers.TYPE, Json.need(invoice, "customer"), "customer");
        var before = customer.deepCopy();
        long sequence = Json.number(customer, "next_invoice_sequence", 1);
        invoice.put("number", "%s-%04d".formatted(Json.need(customer, "invoice_prefix"), sequence));
        customer.put("next_invoice_sequence", sequence + 1);
        if (Json.string(customer, "currency") == null) {
            customer.put("currency", Json.need(invoice, "currency"));
        }
        if (totals.total() == 0 || totals.endingBalance() == Json.number(before, "balance", 0)) {
            tx.save(Customers.TYPE, customer);
        } else {
            customer.put("balance", totals.endingBalance());
            tx.saveChanged(Customers.TYPE, before, customer, "customer.updated");
        }
    }

    private static ObjectNode open(Transaction tx, ObjectNode before, ObjectNode invoice) {
        var owner = Json.need(invoice, "customer");
        var intent = PaymentIntents.open(
                tx,
                Json.number(invoice, "amount_due", 0),
                Json.need(invoice, "currency"),
                owner,
                Collection.methodOf(tx, invoice),
                "Payment for Invoice " + Json.need(invoice, "number").toUpperCase(Locale.ROOT));
        InvoicePayments.open(tx, invoice, intent);
        boolean collects = Json.flag(invoice, "auto_advance")
                && "charge_automatically".equals(Json.string(invoice, "collection_method"));
        if (collects) {
            invoice.put("next_payment_attempt", tx.now() + HOUR);
        }
        Invoices.schedule(invoice);
        tx.save(Invoices.TYPE, invoice);
        tx.emit("invoice.finalized", invoice);
        tx.emitChanged(before, invoice, "invoice.updated");
        return invoice;
    }

    private static ObjectNode nothingDue(Transaction tx, ObjectNode invoice) {
        invoice.put("status", "paid").put("attempted", true).put("auto_advance", false);
        Json.child(invoice, "status_transitions").put("paid_at", tx.now());
        Invoices.schedule(invoice);
        tx.save(Invoices.TYPE, invoice);
        tx.emit("invoice.finalized", invoice);
        tx.emit("invoice.paid", invoice);
        tx.emit("invoice.payment_succeeded", invoice);
        return invoice;
    }
}
