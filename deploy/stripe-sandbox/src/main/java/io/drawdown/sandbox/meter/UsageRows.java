package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Work;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The stored form of usage: a row for each series and minute that has some, with a tally for each of its seconds. Rows
 * that many events change are read and written once.
 */
final class UsageRows {

    static final String KIND = "_meter_usage";
    static final long MINUTE = 60;

    private record Row(String series, long minute, ObjectNode tallies) {}

    private final Work work;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    UsageRows(Work work) {
        this.work = work;
    }

    void add(Series series, long second, BigDecimal value) {
        change(series, second, tally -> tally.plus(series.formula(), value));
    }

    void subtract(Series series, long second, BigDecimal value) {
        change(series, second, tally -> tally.minus(value));
    }

    private void change(Series series, long second, UnaryOperator<Tally> change) {
        long minute = Math.floorDiv(second, MINUTE) * MINUTE;
        var id = series.name() + "/" + minute;
        var tallies = rows.computeIfAbsent(id, _ -> new Row(series.name(), minute, stored(id)))
                .tallies();
        var place = Long.toString(second - minute);
        var before = tallies.get(place);
        var after = change.apply(before == null ? Tally.NOTHING : Tally.read(before));
        if (after.count() == 0) {
            tallies.remove(place);
        } else {
            tallies.set(place, after.node());
        }
    }

    private ObjectNode stored(String id) {
        var row = work.get(KIND, id);
        return row == null ? Json.object() : Json.child(row, "tallies");
    }

    /** Writes all that was changed. */
    void store() {
        rows.forEach((id, row) -> {
            if (row.tallies().isEmpty()) {
                work.remove(KIND, id);
            } else {
                var node = Json.object().put("series", row.series()).put("at", row.minute());
                node.set("tallies", row.tallies());
                work.put(KIND, id, node);
            }
        });
        rows.clear();
    }
}
