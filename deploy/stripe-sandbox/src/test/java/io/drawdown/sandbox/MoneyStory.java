package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Steps of stories about amounts, in the form that documentation shows requests in. */
abstract class MoneyStory extends Sandboxed {

    String customer(String params) {
        return id(post(
                "/v1/customers",
                "payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa&" + params));
    }

    String draft(String customer, String params) {
        return id(post("/v1/invoices", "customer=" + customer + "&currency=usd&" + params));
    }

    String item(String invoice, long cents, String params) {
        var owner = get("/v1/invoices/" + invoice).path("customer").asString();
        return id(post(
                "/v1/invoiceitems",
                "currency=usd&customer=" + owner + "&invoice=" + invoice + "&amount=" + cents + "&" + params));
    }

    JsonNode invoice(String id) {
        return get("/v1/invoices/" + id);
    }

    static long sum(JsonNode entries) {
        return StreamSupport.stream(entries.spliterator(), false)
                .mapToLong(entry -> entry.path("amount").asLong())
                .sum();
    }

    /** Every list of amounts on lines adds up to the invoice's. */
    static void assertConserved(JsonNode invoice) {
        for (String[] pair : new String[][] {
            {"discount_amounts", "total_discount_amounts"},
            {"pretax_credit_amounts", "total_pretax_credit_amounts"},
            {"taxes", "total_taxes"}
        }) {
            long lines = 0;
            for (JsonNode line : invoice.path("lines").path("data")) {
                lines += sum(line.path(pair[0]));
            }
            assertThat(lines).as(pair[0]).isEqualTo(sum(invoice.path(pair[1])));
        }
        if (!invoice.path("status").asString().equals("draft")) {
            assertThat(invoice.path("total").asLong()
                            + invoice.path("starting_balance").asLong())
                    .isEqualTo(invoice.path("amount_due").asLong()
                            + invoice.path("ending_balance").asLong());
        }
    }
}
