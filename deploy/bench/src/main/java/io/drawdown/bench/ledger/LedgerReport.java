package io.drawdown.bench.ledger;

import io.drawdown.bench.measure.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result, in the form that every benchmark has.
 *
 * @param ledger what wallet-service did
 * @param rivals what the others did, by name
 * @param conditions what a reader must know to judge the figures
 */
record LedgerReport(Figure ledger, Map<String, Figure> rivals, Map<String, Object> conditions) {

    /** The result as one line of JSON. */
    String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("bench", "ledger");
        report.put("events_per_s", ledger.eventsPerSecond());
        report.put("rivals", map(Figure::eventsPerSecond));
        report.put("ratios", map(this::ratio));
        var memory = map(Figure::residentMegabytes);
        memory.put("ledger", ledger.residentMegabytes());
        report.put("rss_mb", memory);
        report.put("conditions", conditions);
        return JsonMapper.builder().build().writeValueAsString(report);
    }

    /** The result as a table for a person. */
    String text() {
        var text = new StringBuilder("%-14s %12s %8s %8s%n".formatted("", "events/s", "ratio", "MiB"));
        text.append(row("ledger", ledger, ""));
        rivals.forEach((name, figure) -> text.append(row(name, figure, "× " + ratio(figure))));
        return text.toString();
    }

    private static String row(String name, Figure figure, String ratio) {
        return "%-14s %,12d %8s %8d%s%n"
                .formatted(
                        name,
                        figure.eventsPerSecond(),
                        ratio,
                        figure.residentMegabytes(),
                        figure.drained()
                                ? "  (all events done after %d s)"
                                        .formatted(figure.measured().toSeconds())
                                : "");
    }

    /** How many times as fast as the rival the ledger is, to three significant digits. */
    private BigDecimal ratio(Figure rival) {
        return BigDecimal.valueOf(ledger.eventsPerSecond())
                .divide(BigDecimal.valueOf(Math.max(1, rival.eventsPerSecond())), new MathContext(3));
    }

    private Map<String, Object> map(java.util.function.Function<Figure, Object> value) {
        var map = new LinkedHashMap<String, Object>();
        rivals.forEach((name, figure) -> map.put(name, value.apply(figure)));
        return map;
    }
}
