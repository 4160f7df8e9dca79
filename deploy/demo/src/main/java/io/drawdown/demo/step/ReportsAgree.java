package io.drawdown.demo.step;

import io.drawdown.demo.step.Story.Fact;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Finance's figures are Stripe's, to the cent. */
public final class ReportsAgree implements Step {

    @Override
    public String name() {
        return "The reports agree with Stripe's invoices to the cent";
    }

    @Override
    public String perform(Story story) {
        var customer = story.recall(Fact.CUSTOMER);
        var mine = paid(story, "/v1/invoices?status=paid&customer=" + customer);
        var everybodys = paid(story, "/v1/invoices?status=paid");
        Expect.equal("what Stripe has of this account", new BigDecimal("300"), mine);

        agrees("collected of this account", mine, () -> byAccount(story));
        agrees("collected in total", everybodys, () -> Json.decimal(usd(story, "/v1/reports/revenue"), "collected"));
        agrees("cash collected", everybodys, () -> Json.decimal(usd(story, "/v1/reports/cash"), "collected"));
        agrees("collected over all months", everybodys, () -> byMonth(story));
        agrees("the wallet's balance", story.balance(), () -> wallet(story));
        return "$%s of this account and $%s in total, in both"
                .formatted(mine.toPlainString(), everybodys.toPlainString());
    }

    private static void agrees(String what, BigDecimal stripe, java.util.concurrent.Callable<BigDecimal> report) {
        Eventually.see(what + " as $" + stripe.toPlainString(), report, seen -> seen.compareTo(stripe) == 0);
    }

    private static BigDecimal paid(Story story, String path) {
        return story.stripe().list(path).stream()
                .filter(invoice -> Json.text(invoice, "currency").equals("usd"))
                .map(invoice -> BigDecimal.valueOf(invoice.path("amount_paid").longValue(), 2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal byAccount(Story story) {
        return Json.decimal(
                only(rows(story, "/v1/reports/revenue/by-account"), "accountId", story.recall(Fact.ACCOUNT)),
                "collected");
    }

    private static BigDecimal byMonth(Story story) {
        return rows(story, "/v1/reports/revenue/by-month").stream()
                .filter(row -> Json.text(row, "currency").equals("USD"))
                .map(row -> Json.decimal(row, "collected"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal wallet(Story story) {
        return Json.decimal(
                only(rows(story, "/v1/reports/wallets"), "accountId", story.recall(Fact.ACCOUNT)), "settled");
    }

    private static JsonNode usd(Story story, String path) {
        return only(rows(story, path), "currency", "USD");
    }

    private static List<JsonNode> rows(Story story, String path) {
        return List.copyOf(story.reports().get(path).path("rows").values());
    }

    private static JsonNode only(List<JsonNode> rows, String field, String value) {
        return rows.stream()
                .filter(row -> value.equals(row.path(field).asString("")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No row with " + field + " " + value + " in " + rows));
    }
}
