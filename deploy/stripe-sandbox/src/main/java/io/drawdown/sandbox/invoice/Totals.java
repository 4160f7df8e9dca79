package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.balance.CustomerBalance;
import io.drawdown.sandbox.credit.CreditApplication;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.AmountDue;
import io.drawdown.sandbox.money.Limits;
import io.drawdown.sandbox.money.LineBalances;
import io.drawdown.sandbox.money.Tax;
import io.drawdown.sandbox.tax.AutomaticTax;
import io.drawdown.sandbox.tax.TaxRules;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The amounts of an invoice, in minor units: lines → their discounts → subtotal → the invoice's discounts → billing credits
 * → taxes → total → customer's balance → amount due.
 *
 * <p>The arithmetic is {@code money}'s; here it meets the invoice. What is computed anew is the whole, each time.
 */
public final class Totals {

    private Totals() {}

    /** Recomputes a draft. Billing credits are not in it: they are applied at finalization. */
    public static AmountDue write(Transaction tx, ObjectNode invoice) {
        return write(tx, invoice, CreditApplication.NONE);
    }

    /** Recomputes an invoice that is being finalized, or only looked at, with billing credits. */
    public static AmountDue write(Transaction tx, ObjectNode invoice, CreditApplication credits) {
        var lines = lines(invoice);
        var left = new LineBalances(
                lines.stream().mapToLong(line -> Json.number(line, "amount", 0)).toArray());
        var discounts = new LineDiscounts(tx, invoice, lines, left);
        var rules = TaxRules.of(tx, invoice);
        discounts.takeOwn();
        long subtotal = left.sum();
        invoice.put("subtotal", subtotal).put("subtotal_excluding_tax", subtotal - contained(rules, lines, left));
        discounts.takeInvoices();
        credits.take(tx, invoice, lines, left);
        long total = writeTaxes(invoice, rules, lines, left);
        AutomaticTax.write(tx, invoice);
        addUp(invoice);
        return settle(tx, invoice, total);
    }

    private static void addUp(ObjectNode invoice) {
        var lines = Drafts.lines(invoice);
        Entries.addUp(invoice, "total_discount_amounts", lines, "discount_amounts", "discount");
        Entries.addUp(
                invoice,
                "total_pretax_credit_amounts",
                lines,
                "pretax_credit_amounts",
                "discount",
                "credit_balance_transaction");
        Entries.addUp(
                invoice,
                "total_taxes",
                lines,
                "taxes",
                "tax_rate_details.tax_rate",
                "tax_behavior",
                "taxability_reason");
    }

    private static List<ObjectNode> lines(ObjectNode invoice) {
        var lines = new ArrayList<ObjectNode>();
        for (JsonNode node : Drafts.lines(invoice)) {
            var line = (ObjectNode) node;
            for (String field : new String[] {"discount_amounts", "pretax_credit_amounts", "taxes"}) {
                line.putArray(field);
            }
            lines.add(line);
        }
        return lines;
    }

    private static long contained(TaxRules rules, List<ObjectNode> lines, LineBalances left) {
        long contained = 0;
        for (int i = 0; i < lines.size(); i++) {
            contained += rules.contained(lines.get(i), left.left(i));
        }
        return contained;
    }

    private static long writeTaxes(ObjectNode invoice, TaxRules rules, List<ObjectNode> lines, LineBalances left) {
        long onTop = 0;
        long within = 0;
        for (int i = 0; i < lines.size(); i++) {
            for (Tax tax : rules.write(lines.get(i), left.left(i))) {
                onTop = Math.addExact(onTop, tax.rate().inclusive() ? 0 : tax.amount());
                within = Math.addExact(within, tax.rate().inclusive() ? tax.amount() : 0);
            }
        }
        long total = Math.addExact(left.sum(), onTop);
        invoice.put("total", total).put("total_excluding_tax", total - onTop - within);
        return total;
    }

    private static AmountDue settle(Transaction tx, ObjectNode invoice, long total) {
        var currency = Json.need(invoice, "currency");
        var customer = tx.find(Customers.TYPE, Json.need(invoice, "customer"));
        long balance = customer == null ? 0 : CustomerBalance.of(customer, currency);
        var settlement = AmountDue.of(total, balance, Limits.minimumCharge(currency));
        invoice.put("starting_balance", balance)
                .put("amount_due", settlement.amountDue())
                .put("amount_paid", 0)
                .put("amount_remaining", settlement.amountDue());
        return settlement;
    }
}
