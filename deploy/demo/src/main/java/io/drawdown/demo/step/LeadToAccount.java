package io.drawdown.demo.step;

import static io.drawdown.demo.step.Json.text;

import io.drawdown.demo.step.Story.Fact;
import java.util.List;
import java.util.Map;

/** A lead becomes an account, and the account a customer in Stripe. */
public final class LeadToAccount implements Step {

    /** In which its wallet will count months and days. */
    static final String TIME_ZONE = "Europe/Berlin";

    @Override
    public String name() {
        return "A lead is won, and its account has a customer in Stripe";
    }

    @Override
    public String perform(Story story) {
        var account = win(story);
        story.remember(Fact.ACCOUNT, account);
        var customer = Eventually.see(
                "a Stripe customer on account " + account,
                () -> story.crm()
                        .get("/v1/accounts/" + account)
                        .path("stripeCustomerId")
                        .asString(""),
                id -> !id.isEmpty());
        story.remember(Fact.CUSTOMER, customer);
        var inStripe = story.stripe().get("/v1/customers/" + customer);
        Expect.equal(
                "the account id on Stripe's customer",
                account,
                inStripe.path("metadata").path("drawdown_account_id").asString(""));
        return "account %s is %s in Stripe".formatted(account, customer);
    }

    private static String win(Story story) {
        var crm = story.crm();
        var lead = text(
                crm.post(
                        "/v1/leads",
                        Map.of(
                                "companyName", "Demo Company " + story.run(),
                                "contactName", "Dana Demo",
                                "email", "dana." + story.run() + "@example.com"),
                        "demo-lead-" + story.run()),
                "leadId");
        crm.post("/v1/leads/" + lead + "/qualify", Map.of(), "demo-qualify-" + story.run());
        var conversion = crm.post(
                "/v1/leads/" + lead + "/convert",
                Map.of(
                        "opportunityName",
                        "Prepaid usage " + story.run(),
                        "amount",
                        Map.of("amount", "2400.00", "currency", "USD")),
                "demo-convert-" + story.run());
        var opportunity = text(conversion, "opportunityId");
        for (var stage : List.of(
                Map.of("stage", "proposal"),
                Map.of("stage", "negotiation"),
                Map.of("stage", "closed-won", "timeZone", TIME_ZONE))) {
            crm.post(
                    "/v1/opportunities/" + opportunity + "/stage",
                    stage,
                    "demo-" + stage.get("stage") + "-" + story.run());
        }
        return text(crm.get("/v1/opportunities/" + opportunity), "accountId");
    }
}
