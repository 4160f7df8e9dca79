package io.drawdown.demo.step;

import static io.drawdown.demo.step.Json.decimal;
import static io.drawdown.demo.step.Json.text;

import io.drawdown.demo.step.Story.Fact;
import java.math.BigDecimal;
import java.util.Map;

/** A wallet is opened and its first credit is bought in Stripe. */
public final class FirstPurchase implements Step {

    @Override
    public String name() {
        return "A purchase of $100, paid in Stripe, is credit of $100.00 in the wallet";
    }

    @Override
    public String perform(Story story) {
        var wallet = story.wallets()
                .post(
                        "/v1/wallets",
                        Map.of(
                                "accountId", story.recall(Fact.ACCOUNT),
                                "currency", "USD",
                                "replenishment", Map.of("enabled", true, "threshold", "50.00", "amount", "200.00")),
                        "demo-wallet-" + story.run());
        Expect.equal("the wallet's time zone", LeadToAccount.TIME_ZONE, text(wallet, "timeZone"));
        story.remember(Fact.WALLET, text(wallet, "walletId"));
        var invoice = payForCredit(story);
        Eventually.balance(story, "100.00");
        var grants = story.wallets()
                .get("/v1/wallets/" + story.recall(Fact.WALLET) + "/grants")
                .path("data");
        Expect.equal("the number of credit grants", 1, grants.size());
        Expect.equal("the grant's amount", new BigDecimal("100.00"), decimal(grants.get(0), "amount"));
        return "invoice %s became the one grant of wallet %s".formatted(invoice, story.recall(Fact.WALLET));
    }

    private static String payForCredit(Story story) {
        var stripe = story.stripe();
        var customer = story.recall(Fact.CUSTOMER);
        var card = text(stripe.post("/v1/payment_methods/pm_card_visa/attach", Map.of("customer", customer)), "id");
        stripe.post("/v1/customers/" + customer, Map.of("invoice_settings[default_payment_method]", card));
        stripe.post(
                "/v1/invoiceitems",
                Map.of("customer", customer, "pricing[price]", story.recall(Fact.CREDIT_PRICE), "quantity", "100"));
        var invoice = text(
                stripe.post("/v1/invoices", Map.of("customer", customer, "pending_invoice_items_behavior", "include")),
                "id");
        stripe.post("/v1/invoices/" + invoice + "/finalize", Map.of());
        var paid = stripe.post("/v1/invoices/" + invoice + "/pay", Map.of());
        Expect.equal("the status of invoice " + invoice, "paid", text(paid, "status"));
        return invoice;
    }
}
