package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Subscriptions, and one of them. */
final class SubscriptionsView implements View {

    private static final int SHOWN = 200;

    @Override
    public Html show(Visit visit) {
        return visit.path().isEmpty() ? Html.of("<h1>Subscriptions</h1>{}", table(all(visit))) : one(visit);
    }

    /** A customer's last hundred, in every state. */
    static Html ofCustomer(Visit visit, String customer) {
        return table(list(visit, "customer", customer));
    }

    /** The API lists those on test clocks only with their clock. */
    private static Stream<JsonNode> all(Visit visit) {
        var onClocks = ClocksView.all(visit, "").flatMap(clock -> list(visit, "test_clock", Show.text(clock, "id")));
        return Stream.concat(list(visit, "customer", ""), onClocks).limit(SHOWN);
    }

    private static Stream<JsonNode> list(Visit visit, String filter, String value) {
        return visit.list("/v1/subscriptions", "limit", "100", "status", "all", filter, value).stream();
    }

    private static Html table(Stream<JsonNode> subscriptions) {
        return Layout.table(
                List.of("Subscription", "Status", "Prices", "Customer", "Period ends", "Ends", "Created"),
                subscriptions.map(SubscriptionsView::row));
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
                .map(item -> times(item) + Show.price(Json.child(item, "price")))
                .collect(Collectors.joining(", "));
    }

    private static String times(JsonNode item) {
        long quantity = Json.number(item, "quantity", 1);
        return quantity == 1 ? "" : quantity + " × ";
    }

    /** Of the item that is billed next. */
    private static Html periodEnd(JsonNode subscription) {
        return Json.list(subscription, "items.data")
                .valueStream()
                .min(Comparator.comparingLong(item -> Json.number(item, "current_period_end", 0)))
                .map(item -> Show.time(item, "current_period_end"))
                .orElse(Html.NOTHING);
    }

    private static Html one(Visit visit) {
        var subscription = visit.get("/v1/subscriptions/" + visit.path());
        var id = Show.text(subscription, "id");
        return Html.of(
                "<h1>Subscription {} <small class=\"id\">{}</small></h1><div class=\"do\">{}</div>{}{}{}{}",
                Show.state(subscription),
                id,
                actions(subscription),
                Layout.facts(
                        "Customer",
                        Show.link("customers", Show.text(subscription, "customer")),
                        "Period ends",
                        periodEnd(subscription),
                        "Trial ends",
                        Show.time(subscription, "trial_end"),
                        "Latest invoice",
                        Show.link("invoices", Show.text(subscription, "latest_invoice"))),
                Layout.section("Items", items(visit, subscription)),
                Layout.section("Invoices", InvoicesView.table(visit, "subscription", id)),
                Layout.section("Object", Show.json(subscription)));
    }

    private static Html items(Visit visit, JsonNode subscription) {
        var rows = Json.list(subscription, "items.data")
                .valueStream()
                .map(item -> Html.of(
                        "<tr><td>{}</td><td>{}</td><td class=\"figure\">{}</td><td class=\"id\">{}</td></tr>",
                        Show.text(visit.get("/v1/products/" + Show.text(item, "price.product")), "name"),
                        Show.price(Json.child(item, "price")),
                        Show.text(item, "quantity"),
                        Show.text(item, "price.id")));
        return Layout.table(List.of("Product", "Price", " Quantity", "Price's id"), rows);
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
