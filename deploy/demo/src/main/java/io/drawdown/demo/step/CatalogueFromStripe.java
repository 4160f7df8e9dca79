package io.drawdown.demo.step;

import static io.drawdown.demo.step.Json.text;

import io.drawdown.demo.client.StripeApi;
import io.drawdown.demo.step.Story.Fact;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What is sold is set up in Stripe, shows up in the catalogue, and gets what only Drawdown knows. */
public final class CatalogueFromStripe implements Step {

    static final String METER_EVENT = "credit_meter";

    @Override
    public String name() {
        return "Product, meter and prices made in Stripe appear in the catalogue and are marked and mapped";
    }

    @Override
    public String perform(Story story) {
        var stripe = story.stripe();
        var product = findOrCreateProduct(stripe);
        var meter = findOrCreateMeter(stripe);
        var usagePrice = findOrCreateUsagePrice(stripe, product, meter);
        var creditPrice = findOrCreateCreditPrice(stripe, product);
        story.remember(Fact.METER, meter);
        story.remember(Fact.CREDIT_PRICE, creditPrice);

        appears(story, "/v1/catalog/products/" + product);
        appears(story, "/v1/catalog/meters/" + meter);
        appears(story, "/v1/catalog/prices/" + usagePrice);
        appears(story, "/v1/catalog/prices/" + creditPrice);
        story.catalogue().patch("/v1/catalog/prices/" + creditPrice, Map.of("creditGrant", true));
        story.catalogue().put("/v1/catalog/meters/" + meter + "/price", Map.of("priceId", usagePrice));
        return "%s grants credit at $1, %s rates %s at $0.01".formatted(creditPrice, usagePrice, METER_EVENT);
    }

    private static void appears(Story story, String path) {
        Eventually.see(path, () -> story.catalogue().get(path), node -> !node.isMissingNode());
    }

    private static String findOrCreateProduct(StripeApi stripe) {
        return findOrCreate(
                stripe, "/v1/products", product -> text(product, "name").equals("Credits"), Map.of("name", "Credits"));
    }

    private static String findOrCreateMeter(StripeApi stripe) {
        return findOrCreate(
                stripe,
                "/v1/billing/meters",
                meter -> text(meter, "event_name").equals(METER_EVENT)
                        && text(meter, "status").equals("active"),
                Map.of(
                        "display_name", "Credit meter",
                        "event_name", METER_EVENT,
                        "default_aggregation[formula]", "sum"));
    }

    private static String findOrCreateUsagePrice(StripeApi stripe, String product, String meter) {
        return findOrCreate(
                stripe,
                "/v1/prices?product=" + product,
                price -> text(price, "type").equals("recurring")
                        && meter.equals(price.path("recurring").path("meter").asString("")),
                Map.of(
                        "product", product,
                        "currency", "usd",
                        "unit_amount", "1",
                        "recurring[interval]", "month",
                        "recurring[usage_type]", "metered",
                        "recurring[meter]", meter));
    }

    private static String findOrCreateCreditPrice(StripeApi stripe, String product) {
        return findOrCreate(
                stripe,
                "/v1/prices?product=" + product,
                price -> text(price, "type").equals("one_time"),
                Map.of("product", product, "currency", "usd", "unit_amount", "100"));
    }

    /** A second run of the demonstration finds what the first one made. */
    private static String findOrCreate(
            StripeApi stripe, String listPath, Predicate<JsonNode> isIt, Map<String, String> form) {
        return stripe.list(listPath).stream()
                .filter(isIt)
                .map(found -> text(found, "id"))
                .findFirst()
                .orElseGet(() -> text(stripe.post(listPath.replaceFirst("\\?.*", ""), form), "id"));
    }
}
