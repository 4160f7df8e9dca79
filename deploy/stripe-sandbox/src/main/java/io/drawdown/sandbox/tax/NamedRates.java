package io.drawdown.sandbox.tax;

import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Tax;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tax rates that a line names ({@code _taxRates}), or else its invoice. */
public record NamedRates(JsonNode usual, boolean exempt) implements TaxRules {

    static NamedRates of(Transaction tx, ObjectNode invoice) {
        return of(tx, invoice, invoice.path("default_tax_rates"));
    }

    /** The given rates for what names none, for the customer of the invoice. */
    public static NamedRates of(Transaction tx, ObjectNode invoice, JsonNode usual) {
        return new NamedRates(usual, !TaxRules.exemption(tx, invoice).equals("none"));
    }

    @Override
    public Rule of(ObjectNode line) {
        var own = Json.list(line, "_taxRates");
        var rates = (own.isEmpty() ? usual : own)
                .valueStream()
                .map(TaxRates::of)
                .map(this::charged)
                .toList();
        return new Rule(rates, exempt ? "customer_exempt" : "not_available");
    }

    private Tax.Rate charged(Tax.Rate rate) {
        return exempt ? new Tax.Rate(rate.id(), BigDecimal.ZERO, rate.inclusive()) : rate;
    }
}
