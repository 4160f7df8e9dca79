package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Work;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The usage of one customer on one meter: few rows however many the events are, and exact for periods that begin at any
 * second.
 *
 * @see UsageRows how it is stored
 */
record Series(String meter, Formula formula, String customer) {

    /** The kind that usage is stored as, with its keys. */
    static Map<String, List<String>> kinds() {
        return Map.of(UsageRows.KIND, List.of("series", "at"));
    }

    /**
     * Tallies by second.
     *
     * @param from inclusive
     * @param to exclusive
     */
    NavigableMap<Long, Tally> between(Work work, long from, long to) {
        var found = new TreeMap<Long, Tally>();
        var within = Condition.that("at", at -> {
            long minute = Long.parseLong(at);
            return minute > from - UsageRows.MINUTE && minute < to;
        });
        for (ObjectNode row : work.all(UsageRows.KIND, Condition.is("series", name()), within)) {
            long minute = Json.number(row, "at", 0);
            Json.child(row, "tallies")
                    .properties()
                    .forEach(tally -> found.put(minute + Long.parseLong(tally.getKey()), Tally.read(tally.getValue())));
        }
        return found.subMap(from, true, to, false);
    }

    String name() {
        return meter + "/" + customer;
    }
}
