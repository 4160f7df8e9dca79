package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Amounts that lines list one by one and their owner lists added up: discounts, credits, taxes. */
public final class Entries {

    private Entries() {}

    /**
     * Writes the owner's list: the lines' entries, added up where they agree.
     *
     * @param same the paths in which entries agree that are the same
     */
    public static void addUp(ObjectNode owner, String totalField, JsonNode lines, String field, String... same) {
        var totals = owner.putArray(totalField);
        for (JsonNode line : lines) {
            Json.list(line, field).forEach(entry -> add(totals, entry, List.of(same)));
        }
    }

    private static void add(ArrayNode totals, JsonNode entry, List<String> same) {
        totals.valueStream()
                .filter(total -> same.stream()
                        .allMatch(path -> Objects.equals(Json.string(total, path), Json.string(entry, path))))
                .findFirst()
                .ifPresentOrElse(total -> add((ObjectNode) total, entry), () -> totals.add(entry.deepCopy()));
    }

    private static void add(ObjectNode total, JsonNode entry) {
        for (String field : new String[] {"amount", "taxable_amount"}) {
            if (entry.has(field)) {
                total.put(field, Math.addExact(Json.number(total, field, 0), Json.number(entry, field, 0)));
            }
        }
    }

    /** The sum of the entries' amounts. */
    public static long sum(JsonNode owner, String field) {
        return Json.list(owner, field)
                .valueStream()
                .mapToLong(entry -> Json.number(entry, "amount", 0))
                .reduce(0, Math::addExact);
    }
}
