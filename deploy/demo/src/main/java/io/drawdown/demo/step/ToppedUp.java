package io.drawdown.demo.step;

import static io.drawdown.demo.step.Json.text;

import io.drawdown.demo.step.Story.Fact;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The balance dips below the threshold, Stripe charges once, and the wallet is full again. */
public final class ToppedUp implements Step {

    @Override
    public String name() {
        return "2,500 more dip below $50: one invoice of $200 is charged and the balance is exactly $245.00";
    }

    @Override
    public String perform(Story story) {
        story.ingest().post("/v1/events", CloudEvents.batch(story, "dip-", 100, 25), CloudEvents.BATCH, "");
        Eventually.balance(story, "245.00");

        var invoices = replenishments(story);
        Expect.equal("the number of invoices charged for a top-up", 1, invoices.size());
        var invoice = invoices.getFirst();
        Expect.equal("the status of that invoice", "paid", text(invoice, "status"));
        Expect.equal(
                "what was paid for it, in cents",
                20_000L,
                invoice.path("amount_paid").longValue());
        checkLedger(story, text(invoice, "id"));
        return "invoice %s, the ledger shows usage, request and credit with their causes"
                .formatted(text(invoice, "id"));
    }

    static List<JsonNode> replenishments(Story story) {
        return story.stripe().list("/v1/invoices?customer=" + story.recall(Fact.CUSTOMER)).stream()
                .filter(invoice -> invoice.path("metadata").has("drawdown_replenishment_id"))
                .toList();
    }

    private static void checkLedger(Story story, String invoiceId) {
        var ledger = Ledger.of(story);
        Expect.equal("the sum of the ledger's entries", story.balance(), ledger.sum());
        var requests = ledger.ofType("ReplenishRequested");
        Expect.equal("the number of top-ups asked for", 1, requests.size());
        var replenishment = text(requests.getFirst().path("cause"), "replenishmentId");
        var credit = ledger.ofType("CreditGranted").getLast().path("cause");
        Expect.equal("the invoice that caused the last credit", invoiceId, text(credit, "invoiceId"));
        Expect.equal("the request that the last credit settles", replenishment, text(credit, "replenishmentId"));
        Expect.equal(
                "usage over HTTP in the ledger",
                201,
                ledger.usageIds(CloudEvents.source(story)).size());
        Expect.equal(
                "usage over Kafka in the ledger",
                150,
                ledger.usageIds(story.backend().source()).size());
        Expect.equal("what usage took", new BigDecimal("-55.00"), drawnDown(ledger));
    }

    private static BigDecimal drawnDown(Ledger ledger) {
        return new Ledger(ledger.ofType("UsageDrawnDown")).sum();
    }
}
