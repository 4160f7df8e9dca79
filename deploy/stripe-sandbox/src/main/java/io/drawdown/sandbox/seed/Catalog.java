package io.drawdown.sandbox.seed;

import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/**
 * What the customers of a data set buy.
 *
 * @param prices of the plans, ids; the first ones are bought more often
 */
record Catalog(List<String> prices) {

    private record Plan(String name, long cents, String interval) {}

    private static final List<Plan> PLANS = List.of(
            new Plan("Starter", 1_900, "month"),
            new Plan("Team", 9_900, "month"),
            new Plan("Business", 49_900, "month"),
            new Plan("Team, yearly", 99_000, "year"));

    static Catalog create(Api api) {
        return new Catalog(PLANS.stream().map(plan -> create(api, plan)).toList());
    }

    private static String create(Api api, Plan plan) {
        JsonNode price = Script.parse(List.of(
                        "product = POST /v1/products name=\"" + plan.name() + "\"",
                        "POST /v1/prices product=$product currency=usd unit_amount=" + plan.cents()
                                + " recurring[interval]=" + plan.interval() + " nickname=\"" + plan.name() + "\""))
                .run(api);
        return price.path("id").asString();
    }

    String chosenBy(SplittableRandom chance) {
        int first = chance.nextInt(prices.size());
        return prices.get(Math.min(first, chance.nextInt(prices.size())));
    }
}
