package io.drawdown.sandbox.tax;

import io.drawdown.sandbox.catalog.Prices;
import io.drawdown.sandbox.catalog.Products;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Tax;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tax by where the customer is: the standard rate of that place, if there is a registration for it.
 *
 * @param rate the place's tax rate; null without location, registration or known rate
 * @param reason why that is the rate
 */
public record AutomaticTax(
        Transaction tx,
        @Nullable Location location,
        @Nullable ObjectNode rate,
        String reason) implements TaxRules {

    private static final String NOT_TAXABLE = "txcd_00000000";

    static AutomaticTax of(Transaction tx, ObjectNode invoice) {
        var customer = tx.find(Customers.TYPE, Json.need(invoice, "customer"));
        var location = customer == null ? null : Location.of(customer);
        if (location == null || !Registrations.cover(tx, location)) {
            return new AutomaticTax(tx, location, null, "not_collecting");
        }
        var rate = StandardRates.of(tx, location);
        return new AutomaticTax(tx, location, rate, reason(rate, TaxRules.exemption(tx, invoice)));
    }

    private static String reason(@Nullable ObjectNode rate, String exemption) {
        if (rate == null) {
            return "not_supported";
        }
        return switch (exemption) {
            case "exempt" -> "customer_exempt";
            case "reverse" -> "reverse_charge";
            default -> "standard_rated";
        };
    }

    /** Writes {@code automatic_tax} of an invoice as things are now. */
    public static void write(Transaction tx, ObjectNode invoice) {
        if (Json.flag(invoice, "automatic_tax.enabled")) {
            Json.child(invoice, "automatic_tax")
                    .put("provider", "stripe")
                    .put("status", of(tx, invoice).location() == null ? "requires_location_inputs" : "complete");
        }
    }

    @Override
    public Rule of(ObjectNode line) {
        if (rate == null) {
            return new Rule(List.of(), reason);
        }
        boolean taxable = !NOT_TAXABLE.equals(taxCode(line));
        var percent = taxable && reason.equals("standard_rated")
                ? new BigDecimal(Json.need(rate, "percentage"))
                : BigDecimal.ZERO;
        var charged = new Tax.Rate(Json.need(rate, "id"), percent, inclusive(line));
        return new Rule(List.of(charged), taxable ? reason : "product_exempt");
    }

    private @Nullable String taxCode(ObjectNode line) {
        var own = Json.string(line, "_taxCode");
        var product = Json.string(line, "pricing.price_details.product");
        var found = own != null || product == null ? null : tx.find(Products.TYPE, product);
        var usual = Json.string(TaxSettings.current(tx), "defaults.tax_code");
        var ofProduct = found == null ? own : Json.string(found, "tax_code");
        return ofProduct == null ? usual : ofProduct;
    }

    private boolean inclusive(ObjectNode line) {
        var own = Json.string(line, "_taxBehavior");
        var price = Json.string(line, "pricing.price_details.price");
        var found = own != null || price == null ? null : tx.find(Prices.TYPE, price);
        var behavior = found == null ? own : Json.string(found, "tax_behavior");
        return behavior == null || behavior.equals("unspecified")
                ? TaxSettings.usuallyInclusive(tx, Json.need(line, "currency"))
                : behavior.equals("inclusive");
    }
}
