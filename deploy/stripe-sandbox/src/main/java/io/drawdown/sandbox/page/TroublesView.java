package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What goes wrong on demand. */
final class TroublesView implements View {

    private static final List<String> KINDS =
            List.of("latency", "error-before", "error-after", "cut-before", "cut-after");

    @Override
    public Html show(Visit visit) {
        return Html.of(
                "<h1>Troubles</h1>{}{}{}{}",
                failing(Json.list(visit.get("/_sandbox/failing"), "failing")),
                Layout.section("Requests", requests(visit)),
                Layout.section("Payments", payments(visit)),
                Layout.section("Webhooks", webhooks(visit.get("/_sandbox/webhooks"))));
    }

    /** What should never be there, so it is shown only when it is. */
    private static Html failing(JsonNode failing) {
        var rows = failing.valueStream()
                .map(one -> Html.of(
                        "<tr><td>{}</td><td>{}</td><td class=\"figure\">{}</td><td>{}</td></tr>",
                        Show.text(one, "object"),
                        Show.text(one, "id"),
                        Show.text(one, "failures"),
                        Show.text(one, "fault")));
        return failing.isEmpty()
                ? Html.of("")
                : Layout.section(
                        "Faults of the sandbox",
                        Layout.table(List.of("What should happen to", "Id", " Tries", "Fault"), rows));
    }

    private static Html requests(Visit visit) {
        var rows = Json.list(visit.get("/_sandbox/troubles"), "troubles")
                .valueStream()
                .map(TroublesView::row);
        return Html.of(
                "{}{}{}",
                Layout.table(List.of("What", "Method", "Path", " Status", " Latency ms", " Requests left"), rows),
                Actions.form(
                        "Arrange",
                        "/troubles",
                        "Arranged.",
                        List.of("POST /_sandbox/troubles kind={kind} path={path} status={status}"
                                + " latencyMillis={latency} count={count}"),
                        fields()),
                Actions.button("All calm", "/troubles", "No troubles.", List.of("DELETE /_sandbox/troubles")));
    }

    private static Html fields() {
        var kinds =
                KINDS.stream().map(kind -> Html.of("<option>{}</option>", kind)).collect(Html.joining());
        return Html.of("""
                <select name="kind" aria-label="What">{}</select>
                <input name="path" value="/v1/**" aria-label="Path">
                <label>status <input name="status" value="500" size="3"></label>
                <label>latency ms <input name="latency" value="0" size="5"></label>
                <label>requests <input name="count" value="1" size="6" title="a number, or always"></label>""", kinds);
    }

    private static Html row(JsonNode trouble) {
        return Html.of(
                """
                <tr><td>{}</td><td>{}</td><td>{}</td><td class="figure">{}</td><td class="figure">{}</td>
                <td class="figure">{}</td></tr>""",
                Show.text(trouble, "kind"),
                Show.text(trouble, "method"),
                Show.text(trouble, "path"),
                Show.text(trouble, "status"),
                Show.text(trouble, "latencyMillis"),
                Show.text(trouble, "count"));
    }

    private static Html payments(Visit visit) {
        var rows = Json.list(visit.get("/_sandbox/outcomes"), "outcomes")
                .valueStream()
                .map(outcome -> Html.of(
                        "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"figure\">{}</td></tr>",
                        Show.text(outcome, "outcome"),
                        Show.text(outcome, "then"),
                        Show.link("customers", Show.text(outcome, "customer")),
                        Show.text(outcome, "count")));
        return Html.of(
                "{}<div class=\"do\">{}{}{}{}</div>",
                Layout.table(List.of("The next payments", "Then", "Customer", " Payments left"), rows),
                outcome("Decline the next", "decline"),
                outcome("Ask to authenticate the next", "action"),
                outcome("Let the next process, then fail", "processing then=fail"),
                Actions.button("As the cards say", "/troubles", "No outcomes.", List.of("DELETE /_sandbox/outcomes")));
    }

    private static Html outcome(String label, String outcome) {
        return Actions.button(label, "/troubles", "Arranged.", List.of("POST /_sandbox/outcomes outcome=" + outcome));
    }

    private static Html webhooks(JsonNode state) {
        var path = "POST /_sandbox/webhooks ";
        return Html.of(
                "{}<div class=\"do\">{}{}{}{}{}</div>",
                Layout.facts(state.properties().stream()
                        .flatMap(
                                fact -> Stream.of(fact.getKey(), fact.getValue().asString()))
                        .toArray()),
                toggle("hold", "Hold all", "Release", state),
                toggle("shuffle", "Shuffle", "In order", state),
                Actions.button("Drop the next", "/troubles", "It will be lost.", List.of(path + "drop=1")),
                Actions.button("Duplicate the next", "/troubles", "It will come twice.", List.of(path + "duplicate=1")),
                Actions.button("All calm", "/troubles", "No troubles.", List.of("DELETE /_sandbox/webhooks")));
    }

    private static Html toggle(String what, String on, String off, JsonNode state) {
        boolean is = Json.flag(state, what);
        return Actions.button(
                is ? off : on, "/troubles", "Changed.", List.of("POST /_sandbox/webhooks " + what + "=" + !is));
    }
}
