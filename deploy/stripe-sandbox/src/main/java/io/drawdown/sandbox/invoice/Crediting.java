package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** What credit notes do to the amounts of their invoice. */
public final class Crediting {

    private Crediting() {}

    /**
     * Takes a credit note into account; an open invoice that has nothing left to pay is paid.
     *
     * @param prePayment lowers what is due, at most to what has been paid
     * @param postPayment was given back of what has been paid
     */
    public static void credit(Transaction tx, ObjectNode invoice, long prePayment, long postPayment) {
        var before = invoice.deepCopy();
        add(invoice, "pre_payment_credit_notes_amount", prePayment);
        add(invoice, "post_payment_credit_notes_amount", postPayment);
        lower(tx, invoice, prePayment);
        boolean settled = prePayment > 0 && Json.number(invoice, "amount_remaining", 0) == 0;
        if (settled) {
            InvoicePayments.cancel(tx, invoice, "automatic");
            Collection.settle(tx, invoice);
        }
        Invoices.saveChanged(tx, before, invoice);
        if (settled) {
            tx.emit("invoice.paid", invoice);
        }
    }

    /** Takes back a pre-payment credit note of an invoice that is still open. */
    public static void undo(Transaction tx, ObjectNode invoice, long prePayment) {
        var before = invoice.deepCopy();
        add(invoice, "pre_payment_credit_notes_amount", -prePayment);
        lower(tx, invoice, -prePayment);
        Invoices.saveChanged(tx, before, invoice);
    }

    private static void lower(Transaction tx, ObjectNode invoice, long amount) {
        add(invoice, "amount_due", -amount);
        add(invoice, "amount_remaining", -amount);
        InvoicePayments.ask(tx, invoice, Json.number(invoice, "amount_remaining", 0));
    }

    private static void add(ObjectNode invoice, String field, long amount) {
        invoice.put(field, Math.addExact(Json.number(invoice, field, 0), amount));
    }
}
