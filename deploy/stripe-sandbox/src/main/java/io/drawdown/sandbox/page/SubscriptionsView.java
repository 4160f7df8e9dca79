package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Subscriptions, and one of them. */
final class SubscriptionsView implements View {

    @Override
    public Html show(Visit visit) {
        return visit.path().isEmpty() ? Html.of("<h1>Subscriptions</h1>{}", table(visit, "")) : one(visit);
    }

    /** The last hundred, in every state. */
    static Html table(Visit visit, String customer) {
        var rows = visit.list("/v1/subscriptions", "limit", "100", "status", "all", "customer", customer).stream()
                .map(SubscriptionsView::row);
        return Layout.table(
                List.of("Subscription", "Status", "Prices", "Customer", "Period ends", "Ends", "Created"), rows);
    }

    private static Html row(JsonNode subscription) {
        return Html.of(
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                Show.link("subscriptions", Show.text(subscription, "id")),
                Show.state(subscription),
                prices(subscription),
                Show.link("customers", Show.text(subscription, "customer")),
                periodEnd(subscription),
                Show.time(subscription, "cancel_at"),
                Show.time(subscription, "created"));
    }

    private static String prices(JsonNode subscription) {
        return Json.list(subscription, "items.data")
                .valueStream()
                .map(item -> Show.text(item, "price.nickname").isEmpty()
                        ? Show.text(item, "price.id")
                        : Show.text(item, "price.nickname"))
                .collect(Collectors.joining(", "));
    }

    private static Html periodEnd(JsonNode subscription) {
        var items = Json.list(subscription, "items.data");
        return items.isEmpty() ? Html.NOTHING : Show.time(items.get(0), "current_period_end");
    }

    private static Html one(Visit visit) {
        var subscription = visit.get("/v1/subscriptions/" + visit.path());
        var id = Show.text(subscription, "id");
        return Html.of(
                "<h1>Subscription {} <small class=\"id\">{}</small></h1><div class=\"do\">{}</div>{}{}{}",
                Show.state(subscription),
                id,
                actions(subscription),
                Layout.facts(
                        "Customer",
                        Show.link("customers", Show.text(subscription, "customer")),
                        "Prices",
                        prices(subscription),
                        "Period ends",
                        periodEnd(subscription),
                        "Trial ends",
                        Show.time(subscription, "trial_end"),
                        "Latest invoice",
                        Show.link("invoices", Show.text(subscription, "latest_invoice"))),
                Layout.section("Invoices", InvoicesView.table(visit, "subscription", id)),
                Layout.section("Object", Show.json(subscription)));
    }

    private static Html actions(JsonNode subscription) {
        var path = "/v1/subscriptions/" + Show.text(subscription, "id");
        var back = "/subscriptions/" + Show.text(subscription, "id");
        var actions = new ArrayList<Html>();
        if (!Show.text(subscription, "status").equals("canceled")) {
            boolean ending = Json.flag(subscription, "cancel_at_period_end");
            actions.add(Actions.button(
                    ending ? "Go on after the period" : "Cancel at the period's end",
                    back,
                    "Changed.",
                    List.of("POST " + path + " cancel_at_period_end=" + !ending)));
            actions.add(Actions.button("Cancel now", back, "Cancelled.", List.of("DELETE " + path)));
        }
        return actions.stream().collect(Html.joining());
    }
}
