package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Work;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The usage of one customer on one meter.
 *
 * <p>Stored as one row for each minute that has usage, with a tally for each of its seconds: few rows however many the
 * events are, and exact for periods that begin at any second.
 */
record Series(String meter, Formula formula, String customer) {

    private static final String KIND = "_meter_usage";
    private static final long MINUTE = 60;

    /** The kind that usage is stored as, with its keys. */
    static Map<String, List<String>> kinds() {
        return Map.of(KIND, List.of("series", "at"));
    }

    void add(Work work, long second, BigDecimal value) {
        change(work, second, tally -> tally.plus(formula, value));
    }

    void subtract(Work work, long second, BigDecimal value) {
        change(work, second, tally -> tally.minus(value));
    }

    private void change(Work work, long second, UnaryOperator<Tally> change) {
        long minute = minuteOf(second);
        var id = name() + "/" + minute;
        var row = work.get(KIND, id);
        var tallies = row == null ? Json.object() : Json.child(row, "tallies");
        var place = Long.toString(second - minute);
        var before = tallies.get(place);
        var after = change.apply(before == null ? Tally.NOTHING : Tally.read(before));
        if (after.count() == 0) {
            tallies.remove(place);
        } else {
            tallies.set(place, after.node());
        }
        if (tallies.isEmpty()) {
            work.remove(KIND, id);
        } else {
            work.put(KIND, id, row(minute, tallies));
        }
    }

    private ObjectNode row(long minute, ObjectNode tallies) {
        var row = Json.object().put("series", name()).put("at", minute);
        row.set("tallies", tallies);
        return row;
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
            return minute > from - MINUTE && minute < to;
        });
        for (ObjectNode row : work.all(KIND, Condition.is("series", name()), within)) {
            long minute = Json.number(row, "at", 0);
            Json.child(row, "tallies")
                    .properties()
                    .forEach(tally -> found.put(minute + Long.parseLong(tally.getKey()), Tally.read(tally.getValue())));
        }
        return found.subMap(from, true, to, false);
    }

    private String name() {
        return meter + "/" + customer;
    }

    private static long minuteOf(long second) {
        return Math.floorDiv(second, MINUTE) * MINUTE;
    }
}
