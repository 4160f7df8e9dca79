package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** No cent is lost between lines and invoice, nor between an invoice and its credit notes, whatever is on it. */
class InvoiceConservationTest extends MoneyStory {

    static final int INVOICES = 12;

    Random random;
    String customer;

    String coupon() {
        var off = random.nextBoolean()
                ? "percent_off=" + (1 + random.nextInt(250)) / 10.0
                : "currency=usd&amount_off=" + (1 + random.nextInt(40));
        return id(post("/v1/coupons", off));
    }

    String rate() {
        return id(post(
                "/v1/tax_rates",
                "display_name=T&percentage=" + random.nextInt(250_000) / 10_000.0 + "&inclusive="
                        + random.nextBoolean()));
    }

    String some(String param, List<String> pool) {
        var picked = new StringBuilder();
        for (int i = 0; i < random.nextInt(3); i++) {
            picked.append('&').append(param.formatted(i)).append('=').append(pool.get(i));
        }
        return picked.toString();
    }

    String finalized() {
        var coupons = List.of(coupon(), coupon());
        var rates = List.of(rate(), rate());
        var draft = draft(customer, some("discounts[%d][coupon]", coupons) + some("default_tax_rates[%d]", rates));
        for (int i = 0; i <= random.nextInt(6); i++) {
            item(
                    draft,
                    200 + random.nextInt(5_000),
                    "discountable=" + (random.nextInt(4) > 0)
                            + some("discounts[%d][coupon]", coupons)
                            + some("tax_rates[%d]", rates));
        }
        post("/v1/invoices/" + draft + "/finalize", "");
        return draft;
    }

    static long amount(JsonNode node, String field) {
        return node.path(field).asLong();
    }

    static long onTop(JsonNode line) {
        return StreamSupport.stream(line.path("taxes").spliterator(), false)
                .filter(tax -> tax.path("tax_behavior").asString().equals("exclusive"))
                .mapToLong(tax -> amount(tax, "amount"))
                .sum();
    }

    static void assertWhole(JsonNode invoice) {
        assertConserved(invoice);
        long total = 0;
        for (JsonNode line : invoice.path("lines").path("data")) {
            total += amount(line, "amount") - sum(line.path("pretax_credit_amounts")) + onTop(line);
        }
        assertThat(amount(invoice, "total")).isEqualTo(total);
        assertThat(amount(invoice, "total"))
                .isEqualTo(amount(invoice, "total_excluding_tax") + sum(invoice.path("total_taxes")));
    }

    /** Credits each line in parts until nothing of it is left; returns what the notes came to. */
    long creditAll(JsonNode invoice) {
        long credited = 0;
        for (JsonNode line : invoice.path("lines").path("data")) {
            for (long part : parts(amount(line, "amount"))) {
                var note = post(
                        "/v1/credit_notes",
                        "invoice=" + id(invoice) + "&lines[0][type]=invoice_line_item&lines[0][invoice_line_item]="
                                + id(line) + "&lines[0][amount]=" + part);
                credited += amount(note, "total");
            }
        }
        return credited;
    }

    List<Long> parts(long whole) {
        var parts = new ArrayList<Long>();
        long left = whole;
        while (left > 0) {
            long part = Math.min(left, 60 + random.nextInt(3_000));
            part = left - part < 60 ? left : part;
            parts.add(part);
            left -= part;
        }
        return parts;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void holdsForWhateverIsOnAnInvoice(long seed) {
        random = new Random(seed);
        customer = customer("");
        for (int i = 0; i < INVOICES; i++) {
            var invoice = invoice(finalized());
            assertWhole(invoice);
            assertThat(creditAll(invoice)).isEqualTo(amount(invoice, "total"));
            assertThat(invoice(id(invoice)).path("status").asString()).isEqualTo("paid");
        }
    }
}
