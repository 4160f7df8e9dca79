package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How a meter makes one value of many events. */
enum Formula {
    SUM,
    COUNT,
    LAST;

    static Formula of(JsonNode meter) {
        return valueOf(Json.need(meter, "default_aggregation.formula").toUpperCase(Locale.ROOT));
    }

    /** The value of tallies that follow one another in time; zero when there are none. Exact. */
    BigDecimal valueOf(List<Tally> tallies) {
        return switch (this) {
            case SUM -> tallies.stream().map(Tally::sum).reduce(BigDecimal.ZERO, BigDecimal::add);
            case COUNT ->
                BigDecimal.valueOf(tallies.stream().mapToLong(Tally::count).sum());
            case LAST ->
                tallies.isEmpty() ? BigDecimal.ZERO : tallies.getLast().values().getLast();
        };
    }
}
