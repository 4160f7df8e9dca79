package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Events, and one of them with its body and deliveries. */
final class EventsView implements View {

    @Override
    public Html show(Visit visit) {
        return visit.path().isEmpty() ? all(visit) : one(visit);
    }

    private static Html all(Visit visit) {
        var type = visit.param("type");
        var rows =
                visit.list("/v1/events", "limit", "100", "type", type).stream().map(EventsView::row);
        return Html.of(
                """
                <h1>Events</h1><form class="search" method="get" action="/events"><input name="type" value="{}"
                placeholder="type, invoice.*" aria-label="type"><button>Filter</button></form>{}""",
                type,
                Layout.table(List.of("Type", "Object", "Customer", " Undelivered", "Event", "Created"), rows));
    }

    private static Html row(JsonNode event) {
        return Html.of(
                """
                <tr><td><a href="/events/{}">{}</a></td><td class="id">{}</td><td>{}</td><td class="figure">{}</td>
                <td class="id">{}</td><td>{}</td></tr>""",
                Show.text(event, "id"),
                Show.text(event, "type"),
                Show.text(event, "data.object.id"),
                Show.link("customers", Show.text(event, "data.object.customer")),
                Json.number(event, "pending_webhooks", 0),
                Show.text(event, "id"),
                Show.time(event, "created"));
    }

    private static Html one(Visit visit) {
        var event = visit.get("/v1/events/" + visit.path());
        var id = Show.text(event, "id");
        return Html.of(
                "<h1>{} <small class=\"id\">{}</small></h1>{}{}",
                Show.text(event, "type"),
                id,
                Layout.section(
                        "Deliveries",
                        WebhooksView.deliveries(visit, "/_sandbox/events/" + id + "/deliveries", "/events/" + id)),
                Layout.section("Body", Show.json(event)));
    }
}
