package io.drawdown.demo.step;

import io.drawdown.demo.step.Story.Fact;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A wallet's ledger as the API tells it.
 *
 * @param entries every entry, oldest first
 */
record Ledger(List<JsonNode> entries) {

    static Ledger of(Story story) {
        var path = "/v1/wallets/" + story.recall(Fact.WALLET) + "/ledger?limit=100";
        var entries = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = story.wallets().get(cursor.isEmpty() ? path : path + "&cursor=" + cursor);
            entries.addAll(page.path("data").values());
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return new Ledger(List.copyOf(entries));
    }

    List<JsonNode> ofType(String type) {
        return entries.stream()
                .filter(entry -> type.equals(entry.path("type").asString("")))
                .toList();
    }

    /** The usage events of one source, by id; an event that stands twice is an error. */
    List<String> usageIds(String source) {
        var ids = entries.stream()
                .flatMap(entry -> entry.path("lines").values().stream())
                .filter(line -> source.equals(line.path("source").asString("")))
                .map(line -> Json.text(line, "id"))
                .toList();
        Expect.equal("the number of different usage events of " + source, ids.size(), new HashSet<>(ids).size());
        return ids;
    }

    /** The sum of all entries' amounts: what the balance must be. */
    BigDecimal sum() {
        return entries.stream()
                .filter(entry -> entry.hasNonNull("amount"))
                .map(entry -> Json.decimal(entry, "amount"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
