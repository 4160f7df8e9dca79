package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Limits;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sums of an invoice, in minor units: lines → subtotal → total → customer's balance → amount due.
 *
 * @param total sum of the lines
 * @param amountDue what is to be paid; zero when it is less than can be charged
 * @param endingBalance the customer's balance after this invoice: negative is credit, positive is owed later
 */
record Totals(long total, long amountDue, long endingBalance) {

    static Totals of(long total, long balance, String currency) {
        long due = Math.addExact(total, balance);
        boolean chargeable = due >= Limits.minimumCharge(currency);
        if (due > Limits.MAXIMUM_CHARGE) {
            throw ApiException.invalid(
                    "amount_too_large",
                    "The invoice's amount due must be no more than " + Limits.MAXIMUM_CHARGE + ".",
                    null);
        }
        return chargeable ? new Totals(total, due, 0) : new Totals(total, 0, due);
    }

    /** Recomputes a draft's sums from its lines and its customer's balance now. */
    static Totals write(Transaction tx, ObjectNode invoice) {
        long total = 0;
        for (JsonNode line : Drafts.lines(invoice)) {
            total = Math.addExact(total, Json.number(line, "amount", 0));
        }
        var customer = tx.find(Customers.TYPE, Json.need(invoice, "customer"));
        long balance = customer == null || total == 0 ? 0 : Json.number(customer, "balance", 0);
        var totals = of(total, balance, Json.need(invoice, "currency"));
        invoice.put("subtotal", total)
                .put("subtotal_excluding_tax", total)
                .put("total", total)
                .put("total_excluding_tax", total)
                .put("starting_balance", balance)
                .put("amount_due", totals.amountDue())
                .put("amount_paid", 0)
                .put("amount_remaining", totals.amountDue());
        return totals;
    }
}
