package io.drawdown.sandbox.api;

import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A release of this major version of the API. Each only adds to the one before, so that an older one is the newest without
 * what came since.
 *
 * @param version for example {@code 2026-07-29.dahlia}
 * @param since the properties that later releases added, by the name of the object that has them
 */
public record Release(String version, Map<String, List<String>> since) {

    /** What each release added that is ever served here, the newest first. */
    private static final List<Release> ADDED = List.of(
            new Release("2026-07-29.dahlia", Map.of("refund", List.of("customer"))),
            new Release("2026-06-24.dahlia", Map.of()),
            new Release(
                    "2026-05-27.dahlia",
                    Map.of(
                            "invoice", List.of("amount_paid_off_stripe"),
                            "subscription", List.of("billing_schedules"),
                            "subscription_item", List.of("billed_until"))),
            new Release(
                    "2026-04-22.dahlia",
                    Map.of(
                            "payment_intent", List.of("managed_payments"),
                            "setup_intent", List.of("managed_payments"),
                            "subscription", List.of("managed_payments"))),
            new Release("2026-03-25.dahlia", Map.of()));

    private static final List<Release> ALL = all();

    private static List<Release> all() {
        var releases = new ArrayList<Release>();
        for (int i = 0; i < ADDED.size(); i++) {
            releases.add(new Release(ADDED.get(i).version(), together(ADDED.subList(0, i))));
        }
        return List.copyOf(releases);
    }

    private static Map<String, List<String>> together(List<Release> later) {
        return later.stream()
                .flatMap(release -> release.since().entrySet().stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, Release::joined));
    }

    private static List<String> joined(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** The one that the sandbox is written for. */
    public static Release newest() {
        return ALL.getFirst();
    }

    /** The one of that version, if there is one. */
    public static Optional<Release> named(String version) {
        return ALL.stream().filter(release -> release.version().equals(version)).findFirst();
    }

    /** All of them, for messages. */
    public static List<String> versions() {
        return ALL.stream().map(Release::version).toList();
    }

    /** An answer in the newest release as it is in this one; events in it stay as they were. */
    public byte[] render(byte[] answer) {
        if (since.isEmpty()) {
            return answer;
        }
        var json = Json.parse(answer);
        strip(json);
        return Json.bytes(json);
    }

    /** An event in the newest release as it is in this one; changes it and returns it. */
    public ObjectNode renderEvent(ObjectNode event) {
        var object = event.path("data").path("object");
        strip(object);
        if (event.path("data").get("previous_attributes") instanceof ObjectNode previous) {
            previous.remove(addedTo(object));
        }
        return event.put("api_version", version);
    }

    private void strip(JsonNode node) {
        if ("event".equals(Json.string(node, "object"))) {
            return;
        }
        if (node instanceof ObjectNode object) {
            object.remove(addedTo(object));
        }
        node.forEach(this::strip);
    }

    private List<String> addedTo(JsonNode object) {
        var name = Json.string(object, "object");
        return name == null ? List.of() : since.getOrDefault(name, List.of());
    }
}
