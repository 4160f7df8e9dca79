package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of one second.
 *
 * @param values each in the order of arrival, for meters that take the last; empty for others, which do not need them
 */
record Tally(long count, BigDecimal sum, List<BigDecimal> values) {

    static final Tally NOTHING = new Tally(0, BigDecimal.ZERO, List.of());

    static Tally read(JsonNode node) {
        return new Tally(
                Json.number(node, "count", 0),
                new BigDecimal(Json.need(node, "sum")),
                Json.list(node, "values")
                        .valueStream()
                        .map(value -> new BigDecimal(value.asString()))
                        .toList());
    }

    ObjectNode node() {
        var node = Json.object().put("count", count).put("sum", sum.toPlainString());
        if (!values.isEmpty()) {
            var list = node.putArray("values");
            values.forEach(value -> list.add(value.toPlainString()));
        }
        return node;
    }

    Tally plus(Formula formula, BigDecimal value) {
        var more = new ArrayList<>(values);
        if (formula == Formula.LAST) {
            more.add(value);
        }
        return new Tally(count + 1, sum.add(value), more);
    }

    /** Without one event of that value that was added before. */
    Tally minus(BigDecimal value) {
        var fewer = new ArrayList<>(values);
        fewer.remove(value);
        return new Tally(count - 1, sum.subtract(value), fewer);
    }
}
