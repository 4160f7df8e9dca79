package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One customer with what belongs to it. */
final class CustomerView implements View {

    @Override
    public Html show(Visit visit) {
        var customer = visit.get("/v1/customers/" + visit.path());
        if (Json.flag(customer, "deleted")) {
            return Html.of("<h1>Deleted</h1>{}", Show.json(customer));
        }
        var id = Show.text(customer, "id");
        return Html.of(
                "<h1>{} <small class=\"id\">{}</small></h1>{}{}{}{}{}{}{}",
                CustomersView.name(customer),
                id,
                facts(customer),
                Layout.section("Subscriptions", SubscriptionsView.ofCustomer(visit, id)),
                Layout.section("Invoices", InvoicesView.table(visit, "customer", id)),
                Layout.section("Payment methods", methods(visit, customer)),
                Layout.section("Balance", balance(visit, id)),
                Layout.section("Credits", credits(visit, id)),
                Layout.section("Object", Show.json(customer)));
    }

    private static Html facts(JsonNode customer) {
        return Layout.facts(
                "Email",
                Show.text(customer, "email"),
                "Balance",
                Show.amount(customer, "balance"),
                "Delinquent",
                Json.flag(customer, "delinquent") ? "yes" : "no",
                "Test clock",
                Show.link("clocks", Show.text(customer, "test_clock")),
                "Created",
                Show.time(customer, "created"));
    }

    private static Html methods(Visit visit, JsonNode customer) {
        var id = Show.text(customer, "id");
        var usual = Show.text(customer, "invoice_settings.default_payment_method");
        var rows = visit.list("/v1/customers/" + id + "/payment_methods").stream()
                .map(method -> method(method, id, Show.text(method, "id").equals(usual)));
        return Html.of(
                "{}{}",
                Layout.table(List.of("Card", "Payment method", "Default", ""), rows),
                Actions.form(
                        "Add and make default",
                        "/customers/" + id,
                        "Added.",
                        List.of(
                                "card = POST /v1/payment_methods/{card}/attach customer=" + id,
                                "POST /v1/customers/" + id + " invoice_settings[default_payment_method]=$card"),
                        TestCards.choice()));
    }

    private static Html method(JsonNode method, String customer, boolean usual) {
        var id = Show.text(method, "id");
        var back = "/customers/" + customer;
        var detach = Actions.button("Detach", back, "Detached.", List.of("POST /v1/payment_methods/" + id + "/detach"));
        var prefer = Actions.button(
                "Make default",
                back,
                "It is the default now.",
                List.of("POST /v1/customers/" + customer + " invoice_settings[default_payment_method]=" + id));
        return Html.of(
                "<tr><td>{} ···· {}</td><td class=\"id\">{}</td><td>{}</td><td class=\"do\">{}{}</td></tr>",
                Show.text(method, "card.brand"),
                Show.text(method, "card.last4"),
                id,
                usual ? "default" : "",
                usual ? Html.NOTHING : prefer,
                detach);
    }

    private static Html balance(Visit visit, String customer) {
        var rows = visit.list("/v1/customers/" + customer + "/balance_transactions", "limit", "20").stream()
                .map(entry -> Html.of(
                        "<tr><td>{}</td><td>{}</td><td class=\"figure\">{}</td><td class=\"figure\">{}</td></tr>",
                        Show.time(entry, "created"),
                        Show.text(entry, "type"),
                        Show.amount(entry, "amount"),
                        Show.amount(entry, "ending_balance")));
        return Layout.table(List.of("Created", "Type", " Amount", " Balance after"), rows);
    }

    private static Html credits(Visit visit, String customer) {
        var rows = visit.list("/v1/billing/credit_grants", "customer", customer).stream()
                .map(grant -> Html.of(
                        "<tr><td>{}</td><td>{}</td><td class=\"figure\">{}</td><td>{}</td><td>{}</td></tr>",
                        Show.text(grant, "name"),
                        Show.text(grant, "category"),
                        Show.amount(
                                Json.number(grant, "amount.monetary.value", 0),
                                Show.text(grant, "amount.monetary.currency")),
                        Show.time(grant, "effective_at"),
                        Show.time(grant, "expires_at")));
        return Layout.table(List.of("Name", "Category", " Amount", "Effective", "Expires"), rows);
    }
}
