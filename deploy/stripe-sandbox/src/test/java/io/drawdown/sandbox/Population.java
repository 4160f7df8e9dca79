package io.drawdown.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The ids that were seen so far, by the kind of object: random requests that name what exists get further. */
final class Population {

    private static final int PER_KIND = 50;
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private final Map<String, List<String>> byKind = new LinkedHashMap<>();

    /** Takes note of an object and of those inside it. */
    void add(JsonNode node) {
        var id = node.path("id").asString("");
        var kind = node.path("object").asString("");
        if (!id.isEmpty() && !kind.isEmpty()) {
            var ids = byKind.computeIfAbsent(kind.replaceFirst(".*\\.", ""), _ -> new ArrayList<>());
            if (ids.size() < PER_KIND) {
                ids.add(id);
            }
        }
        node.forEach(this::add);
    }

    /** The text with the newest id of a kind in the place of its name in braces. */
    String named(String text) {
        return PLACE.matcher(text)
                .replaceAll(place ->
                        byKind.getOrDefault(place.group(1), List.of("none")).getLast());
    }

    String any(RandomGenerator random) {
        var kinds = List.copyOf(byKind.values());
        var ids = kinds.get(random.nextInt(kinds.size()));
        return ids.get(random.nextInt(ids.size()));
    }

    /** An id of that kind of object; any when none was seen. */
    String one(String kind, RandomGenerator random) {
        var ids = byKind.get(kind);
        return ids == null ? any(random) : ids.get(random.nextInt(ids.size()));
    }
}
