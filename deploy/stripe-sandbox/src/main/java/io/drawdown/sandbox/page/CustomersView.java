package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** All customers, or the one that is looked for. */
final class CustomersView implements View {

    private static final int SHOWN = 200;

    @Override
    public Html show(Visit visit) {
        var sought = visit.param("q");
        return Html.of(
                "<h1>Customers</h1>{}{}{}",
                search(sought),
                Layout.table(
                        List.of("Name", "Email", "Customer", "Test clock", " Balance", "Created"),
                        found(visit, sought).map(CustomersView::row)),
                creation("/", ""));
    }

    private static Html search(String sought) {
        return Html.of("""
                <form class="search" method="get" action="/"><input name="q" value="{}" placeholder="id or email"
                aria-label="id or email"><button>Find</button></form>""", sought);
    }

    private static Stream<JsonNode> found(Visit visit, String sought) {
        if (sought.startsWith("cus_")) {
            return Stream.of(visit.get("/v1/customers/" + sought));
        }
        var outside = visit.list("/v1/customers", "limit", "100", "email", sought).stream();
        return Stream.concat(outside, onClocks(visit, sought)).limit(SHOWN);
    }

    /** The API lists those on test clocks only with their clock. */
    private static Stream<JsonNode> onClocks(Visit visit, String sought) {
        return ClocksView.all(visit, "")
                .flatMap(clock ->
                        visit.list("/v1/customers", "test_clock", Show.text(clock, "id"), "email", sought).stream());
    }

    private static Html row(JsonNode customer) {
        return Html.of(
                """
                <tr><td><a href="/customers/{}">{}</a></td><td>{}</td><td class="id">{}</td><td>{}</td>
                <td class="figure">{}</td><td>{}</td></tr>""",
                Show.text(customer, "id"),
                name(customer),
                Show.text(customer, "email"),
                Show.text(customer, "id"),
                Show.link("clocks", Show.text(customer, "test_clock")),
                Show.amount(customer, "balance"),
                Show.time(customer, "created"));
    }

    static String name(JsonNode customer) {
        var name = Show.text(customer, "name");
        return Json.flag(customer, "deleted") ? "(deleted)" : name.isEmpty() ? "(no name)" : name;
    }

    /**
     * A form for a new one.
     *
     * @param clock more parameters: the test clock that it lives on, or nothing
     */
    static Html creation(String back, String clock) {
        return Layout.section(
                "New customer",
                Actions.form(
                        "Create",
                        back,
                        "Created.",
                        List.of("POST /v1/customers name={name} email={email} payment_method={card}"
                                + " invoice_settings[default_payment_method]={card}" + clock),
                        Html.of("""
                                <input name="name" placeholder="Name" aria-label="Name" required>
                                <input name="email" type="email" placeholder="Email" aria-label="Email" required>{}""", TestCards.choice())));
    }
}
