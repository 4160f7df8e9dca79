package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Endpoints, and what was sent to them. */
final class WebhooksView implements View {

    @Override
    public Html show(Visit visit) {
        var rows = visit.list("/v1/webhook_endpoints", "limit", "100").stream().map(WebhooksView::endpoint);
        return Html.of(
                "<h1>Webhooks</h1>{}{}",
                Layout.section("Endpoints", Layout.table(List.of("URL", "Status", "Events", "Endpoint", ""), rows)),
                Layout.section("Deliveries", chosen(visit)));
    }

    private static Html chosen(Visit visit) {
        return visit.path().isEmpty()
                ? deliveries(visit, "/_sandbox/deliveries", "/webhooks")
                : deliveries(visit, "/_sandbox/endpoints/" + visit.path() + "/deliveries", "/webhooks/" + visit.path());
    }

    private static Html endpoint(JsonNode endpoint) {
        var path = "POST /v1/webhook_endpoints/" + Show.text(endpoint, "id");
        boolean enabled = Show.text(endpoint, "status").equals("enabled");
        return Html.of(
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"do\">{}</td></tr>",
                Show.text(endpoint, "url"),
                Show.state(endpoint),
                Json.list(endpoint, "enabled_events")
                        .valueStream()
                        .map(JsonNode::asString)
                        .collect(Collectors.joining(", ")),
                Show.link("webhooks", Show.text(endpoint, "id")),
                Actions.button(
                        enabled ? "Disable" : "Enable",
                        "/webhooks",
                        "Changed.",
                        List.of(path + " disabled=" + enabled)));
    }

    /** The last deliveries below a path of the control. */
    static Html deliveries(Visit visit, String path, String back) {
        var rows = Json.list(visit.get(path), "deliveries").valueStream().map(delivery -> delivery(delivery, back));
        return Layout.table(List.of("Event", "Endpoint", "State", "Attempts", "Next attempt", ""), rows);
    }

    private static Html delivery(JsonNode delivery, String back) {
        var event = Show.text(delivery, "event");
        var endpoint = Show.text(delivery, "endpoint");
        return Html.of(
                """
                <tr><td><a href="/events/{}">{}</a></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>
                <td class="do">{}</td></tr>""",
                event,
                Show.text(delivery, "type"),
                Show.link("webhooks", endpoint),
                Show.state(Show.text(delivery, "state")),
                attempts(delivery),
                Show.millis(delivery, "next_attempt_at"),
                Actions.button(
                        "Send again",
                        back,
                        "On its way.",
                        List.of("POST /_sandbox/events/" + event + "/resend endpoint=" + endpoint)));
    }

    private static Html attempts(JsonNode delivery) {
        return Json.list(delivery, "attempts")
                .valueStream()
                .map(attempt -> Html.of(
                        "<div>{} {}</div>",
                        Show.millis(attempt, "at"),
                        Json.number(attempt, "status", 0) == 0
                                ? failure(Show.text(attempt, "error"))
                                : Show.text(attempt, "status")))
                .collect(Html.joining());
    }

    /** Why nothing was answered, without the names of Java's classes. */
    private static String failure(String error) {
        var words = error.replaceFirst("^[\\w.]+Exception(: |$)", "");
        return words.isEmpty() ? "no connection" : words;
    }
}
