package io.drawdown.sandbox.creditnote;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.balance.CustomerBalance;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.InvoicePayments;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.Charges;
import io.drawdown.sandbox.refund.Refunds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the part of a credit note that has been paid already is given back; amounts in minor units.
 *
 * @param refund to be refunded now
 * @param credit to the customer's balance
 * @param outside given back outside of Stripe
 * @param linked refunds that are there already
 */
record Payback(long refund, long credit, long outside, JsonNode linked) {

    static Payback of(Call call) {
        return new Payback(
                Json.number(call.params(), "refund_amount", 0),
                Json.number(call.params(), "credit_amount", 0),
                Json.number(call.params(), "out_of_band_amount", 0),
                Json.list(call.params(), "refunds"));
    }

    /** Refuses a sum that is not the amount to be given back. */
    void requireSum(Transaction tx, long amount) {
        long sum = refund + credit + outside + linkedAmount(tx);
        if (refund < 0 || credit < 0 || outside < 0 || sum != amount) {
            throw ApiException.invalid(
                    null,
                    "The sum of refund_amount, credit_amount, out_of_band_amount and refunds (" + sum
                            + ") must equal the post payment amount (" + amount + ").",
                    null);
        }
    }

    private long linkedAmount(Transaction tx) {
        return linked.valueStream().mapToLong(one -> amountOf(tx, one)).sum();
    }

    private static long amountOf(Transaction tx, JsonNode linked) {
        var id = Json.string(linked, "refund");
        if (id == null) {
            throw ApiException.missing("refunds[refund]");
        }
        long whole = Json.number(tx.require(Refunds.TYPE, id, "refunds[refund]"), "amount", 0);
        long amount = Json.number(linked, "amount_refunded", whole);
        if (amount < 1 || amount > whole) {
            throw ApiException.invalid(
                    null, "At most " + whole + " of the refund " + id + " can be linked.", "refunds[amount_refunded]");
        }
        return amount;
    }

    /** Gives it back, and writes how into the note, which has its id. */
    void pay(Transaction tx, ObjectNode note, Refunds refunds) {
        var written = note.putArray("refunds");
        linked.forEach(one -> written.add(entry(Json.need(one, "refund"), amountOf(tx, one))));
        refund(tx, note, refunds);
        var customer = Json.need(note, "customer");
        var reason = CustomerBalance.Reason.creditNote(Json.need(note, "id"));
        var transaction = CustomerBalance.change(tx, customer, -credit, Json.need(note, "currency"), reason);
        if (transaction != null) {
            note.put("customer_balance_transaction", Json.need(transaction, "id"));
        }
        if (outside > 0) {
            note.put("out_of_band_amount", outside);
        }
    }

    /** From the charges that paid the invoice, the newest first. */
    private void refund(Transaction tx, ObjectNode note, Refunds refunds) {
        long open = refund;
        for (String id : InvoicePayments.charges(tx, Json.need(note, "invoice"))) {
            var charge = tx.require(Charges.TYPE, id, "charge");
            long left = Json.number(charge, "amount_captured", 0) - Json.number(charge, "amount_refunded", 0);
            long amount = Math.min(open, left);
            if (amount > 0) {
                var made = refunds.refund(tx, id, amount, "requested_by_customer");
                Json.list(note, "refunds").add(entry(Json.need(made, "id"), amount));
                open -= amount;
            }
        }
        if (open > 0) {
            throw ApiException.invalid(
                    null,
                    "The invoice's payments have " + open + " too little left to refund " + refund + ".",
                    "refund_amount");
        }
    }

    private static ObjectNode entry(String refund, long amount) {
        return Json.object()
                .put("amount_refunded", amount)
                .putNull("payment_record_refund")
                .put("refund", refund)
                .put("type", "refund");
    }
}
