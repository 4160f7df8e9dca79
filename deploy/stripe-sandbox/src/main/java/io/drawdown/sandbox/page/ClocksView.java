package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Test clocks and their advance. */
final class ClocksView implements View {

    private static final int SHOWN = 200;
    private static final String PATH = "/v1/test_helpers/test_clocks";

    @Override
    public Html show(Visit visit) {
        return visit.path().isEmpty() ? all(visit) : one(visit);
    }

    /** All clocks, page by page, after the one given. */
    static Stream<JsonNode> all(Visit visit, String after) {
        var page = visit.list(PATH, "limit", "100", "starting_after", after);
        return page.isEmpty()
                ? Stream.of()
                : Stream.concat(
                        page.stream(), Stream.of(page.getLast()).flatMap(last -> all(visit, Show.text(last, "id"))));
    }

    private static Html all(Visit visit) {
        var rows = all(visit, "").limit(SHOWN).map(ClocksView::row);
        return Html.of(
                "<h1>Test clocks</h1>{}{}",
                Layout.table(List.of("Clock", "Name", "Status", "Its time", ""), rows),
                Layout.section(
                        "New clock",
                        Actions.button(
                                "Create, frozen now",
                                "/clocks",
                                "Created.",
                                List.of("POST " + PATH + " frozen_time="
                                        + Instant.now().getEpochSecond()))));
    }

    private static Html row(JsonNode clock) {
        return Html.of(
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"do\">{}</td></tr>",
                Show.link("clocks", Show.text(clock, "id")),
                Show.text(clock, "name"),
                Show.state(clock),
                Show.time(clock, "frozen_time"),
                advances(clock, "/clocks"));
    }

    private static Html advances(JsonNode clock, String back) {
        return steps(clock).entrySet().stream()
                .map(step -> Actions.button(
                        step.getKey(),
                        back,
                        "Advanced by " + step.getKey().substring(1) + ".",
                        List.of("POST " + PATH + "/" + Show.text(clock, "id") + "/advance frozen_time="
                                + step.getValue())))
                .collect(Html.joining());
    }

    private static Map<String, Long> steps(JsonNode clock) {
        var now = Instant.ofEpochSecond(Json.number(clock, "frozen_time", 0)).atZone(ZoneOffset.UTC);
        var steps = new LinkedHashMap<String, Long>();
        steps.put("+1 hour", now.plus(1, ChronoUnit.HOURS).toEpochSecond());
        steps.put("+1 day", now.plusDays(1).toEpochSecond());
        steps.put("+1 week", now.plusWeeks(1).toEpochSecond());
        steps.put("+1 month", now.plusMonths(1).toEpochSecond());
        return steps;
    }

    private static Html one(Visit visit) {
        var clock = visit.get(PATH + "/" + visit.path());
        var id = Show.text(clock, "id");
        var customers = visit.list("/v1/customers", "test_clock", id, "limit", "100").stream()
                .map(customer -> Html.of(
                        "<tr><td>{}</td><td>{}</td></tr>",
                        CustomersView.name(customer),
                        Show.link("customers", Show.text(customer, "id"))));
        return Html.of(
                "<h1>Test clock {} <small class=\"id\">{}</small></h1><div class=\"do\">{}{}</div>{}{}{}",
                Show.state(clock),
                id,
                advances(clock, "/clocks/" + id),
                Actions.button(
                        "Delete with its customers", "/clocks", "Deleted.", List.of("DELETE " + PATH + "/" + id)),
                Layout.facts("Name", Show.text(clock, "name"), "Its time", Show.time(clock, "frozen_time")),
                Layout.section("Customers", Layout.table(List.of("Name", "Customer"), customers)),
                CustomersView.creation("/clocks/" + id, " test_clock=" + id));
    }
}
