package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds every answer of the sandbox against the contract, when there is one. */
final class ContractCheck {

    private static final ContractCheck INSTANCE = SharedContract.isPresent() ? new ContractCheck() : null;

    private record Template(String path, Pattern pattern, long variables) {}

    private final JsonNode specification = SharedContract.read("spec3.json");
    private final StrictValidator validator = new StrictValidator(specification);
    private final List<Template> templates = new ArrayList<>();

    private ContractCheck() {
        specification
                .path("paths")
                .propertyNames()
                .forEach(path -> templates.add(new Template(
                        path,
                        Pattern.compile(path.replaceAll("\\{[^}]+}", "[^/]+")),
                        path.chars().filter(c -> c == '{').count())));
        templates.sort((a, b) -> Long.compare(a.variables(), b.variables()));
    }

    /** What is wrong with an answer; nothing when there is no contract. */
    static List<String> answerFaults(String method, String path, int status, JsonNode body) {
        return INSTANCE == null ? List.of() : INSTANCE.faults(method, path, status, body);
    }

    /** What is wrong with an event as it is served. */
    static List<String> faultsOf(JsonNode event) {
        if (INSTANCE == null) {
            return List.of();
        }
        return event.path("object").asString().equals("event")
                ? INSTANCE.eventFaults(event)
                : INSTANCE.faults("GET", "/v2/core/events/" + event.path("id").asString(), 200, event);
    }

    /** Parameters that the contract does not know, of a request that was taken. */
    static List<String> parameterFaults(String method, String path, JsonNode parameters) {
        return INSTANCE == null ? List.of() : INSTANCE.unknownParameters(method, path, parameters);
    }

    /** The operation that a request is for, {@code GET /v1/customers/{customer}}; empty when there is no contract. */
    static Optional<String> operation(String method, String path) {
        return INSTANCE == null
                ? Optional.empty()
                : INSTANCE.template(path).map(template -> method + " " + template.path());
    }

    /** For an event, wherever it was received. */
    static void event(JsonNode event) {
        if (INSTANCE != null) {
            assertThat(INSTANCE.eventFaults(event)).as(event.toString()).isEmpty();
        }
    }

    private List<String> faults(String method, String path, int status, JsonNode body) {
        if (status >= 400) {
            return validator.faults(validator.schema("error"), body, "error");
        }
        var content = operationAt(method, path).path("responses").path("200").path("content");
        if (content.isEmpty()) {
            return List.of("No operation " + method + " " + path);
        }
        var faults = new ArrayList<>(
                validator.faults(content.iterator().next().path("schema"), withoutThinData(path, body), "$"));
        if (path.startsWith("/v1/events")) {
            (body.has("data") && body.path("data").isArray() ? body.path("data") : List.of(body))
                    .forEach(event -> faults.addAll(eventFaults(event)));
        }
        return faults;
    }

    private Optional<Template> template(String path) {
        return templates.stream()
                .filter(template -> template.pattern().matcher(path).matches())
                .findFirst();
    }

    private JsonNode operationAt(String method, String path) {
        return specification
                .path("paths")
                .path(template(path).map(Template::path).orElse(""))
                .path(method.toLowerCase(Locale.ROOT));
    }

    private List<String> unknownParameters(String method, String path, JsonNode parameters) {
        var known = new ParameterNames(operationAt(method, path));
        return known.unknown(parameters);
    }

    /** The description has no type of thin event: what only those of one type have is checked through stripe-java. */
    private static JsonNode withoutThinData(String path, JsonNode body) {
        if (path.startsWith("/v2/core/event")) {
            var plain = body.deepCopy();
            var events = plain.path("data").isArray() ? plain.path("data") : List.of(plain);
            events.forEach(event -> ((ObjectNode) event).remove(List.of("data", "related_object")));
            return plain;
        }
        return body;
    }

    /** For the notification of a thin event. */
    static void notification(JsonNode notification) {
        if (INSTANCE != null) {
            var schema = INSTANCE.validator.schema("v2.core.event_notification");
            assertThat(INSTANCE.validator.faults(schema, notification, "notification"))
                    .as(notification.toString())
                    .isEmpty();
        }
    }

    private List<String> eventFaults(JsonNode event) {
        var faults = new ArrayList<>(validator.faults(validator.schema("event"), event, "event"));
        var object = event.path("data").path("object");
        var name = object.path("object").asString();
        if (!validator.knows(name)) {
            return List.of(event.path("type").asString() + " carries an object that no schema describes: " + name);
        }
        faults.addAll(validator.faults(
                validator.schema(name), object, event.path("type").asString()));
        faults.remove("invoice.upcoming.id is missing"); // The invoice of that event is none yet; Stripe says so.
        return faults;
    }
}
