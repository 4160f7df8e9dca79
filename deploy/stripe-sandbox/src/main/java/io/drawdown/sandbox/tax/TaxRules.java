package io.drawdown.sandbox.tax;

import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Tax;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which rates the lines of one invoice bear, and why. */
public sealed interface TaxRules permits NamedRates, AutomaticTax {

    /**
     * What holds for a line.
     *
     * @param rates in the order they are shown
     * @param reason {@code taxability_reason}
     */
    record Rule(List<Tax.Rate> rates, String reason) {}

    Rule of(ObjectNode line);

    /** The rules of an invoice, as things are now. */
    static TaxRules of(Transaction tx, ObjectNode invoice) {
        return Json.flag(invoice, "automatic_tax.enabled") ? AutomaticTax.of(tx, invoice) : NamedRates.of(tx, invoice);
    }

    /** Writes {@code taxes} of a line. */
    default List<Tax> write(ObjectNode line, long amount) {
        var rule = of(line);
        var taxes = Tax.of(amount, rule.rates());
        var written = line.putArray("taxes");
        taxes.forEach(tax -> write(written, tax, rule.reason()));
        return taxes;
    }

    /** What of an amount of the line is tax contained in it. */
    default long contained(ObjectNode line, long amount) {
        return Tax.of(amount, of(line).rates()).stream()
                .filter(tax -> tax.rate().inclusive())
                .mapToLong(Tax::amount)
                .sum();
    }

    private static void write(ArrayNode taxes, Tax tax, String reason) {
        taxes.addObject()
                .put("amount", tax.amount())
                .put("tax_behavior", tax.rate().inclusive() ? "inclusive" : "exclusive")
                .put("taxability_reason", reason)
                .put("taxable_amount", tax.taxable())
                .put("type", "tax_rate_details")
                .putObject("tax_rate_details")
                .put("tax_rate", tax.rate().id());
    }

    /** {@code none}, {@code exempt} or {@code reverse}. */
    static String exemption(Transaction tx, ObjectNode invoice) {
        var customer = tx.find(Customers.TYPE, Json.need(invoice, "customer"));
        var exempt = customer == null ? null : Json.string(customer, "tax_exempt");
        return exempt == null ? "none" : exempt;
    }
}
