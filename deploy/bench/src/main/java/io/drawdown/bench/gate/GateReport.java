package io.drawdown.bench.gate;

import io.drawdown.bench.http.Pace;
import io.drawdown.bench.measure.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured.
 *
 * @param kafka events a second over Kafka, by contender, the gate first
 * @param http requests over HTTP, by contender and form
 * @param streams requests of a stream of events each, the shortest first
 * @param conditions under which
 */
record GateReport(
        Map<String, Figure> kafka, Map<String, Pace> http, List<StreamFigure> streams, Map<String, Object> conditions) {

    private static final String GATE = "gate";

    String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("bench", "gate");
        report.put("kafka_events_per_s", map(kafka, Figure::eventsPerSecond));
        report.put("ratios", map(kafka, this::ratio));
        report.put("rss_mb", map(kafka, Figure::residentMegabytes));
        report.put("http_requests_per_s", map(http, Pace::perSecond));
        report.put("http_p50_ms", map(http, Pace::p50Millis));
        report.put("http_p99_ms", map(http, Pace::p99Millis));
        report.put("streams", streams.stream().map(StreamFigure::json).toList());
        report.put("stream_heap_ratio", heapRatio());
        report.put(
                "stream_heap_growth_mb",
                streams.stream().map(StreamFigure::heapGrowth).toList());
        report.put("conditions", conditions);
        return JsonMapper.builder().build().writeValueAsString(report);
    }

    String text() {
        var text = new StringBuilder("%-16s %12s %8s %8s%n".formatted("over Kafka", "events/s", "ratio", "MiB"));
        kafka.forEach((name, figure) -> text.append("%-16s %,12d %8s %8d%n"
                .formatted(name, figure.eventsPerSecond(), "× " + ratio(figure), figure.residentMegabytes())));
        text.append("%n%-16s %12s %8s %8s%n".formatted("over HTTP", "requests/s", "p50 ms", "p99 ms"));
        http.forEach((name, pace) -> text.append(
                "%-16s %,12d %8.2f %8.2f%n".formatted(name, pace.perSecond(), pace.p50Millis(), pace.p99Millis())));
        if (!streams.isEmpty()) {
            text.append("%n%s%n".formatted(StreamFigure.HEAD));
            streams.forEach(stream -> text.append(stream.row()).append(System.lineSeparator()));
            text.append("Most that was alive in the heap, the longest stream beside the shortest: %s%n"
                    .formatted(heapRatio()));
            text.append("Of that above what was alive before, MiB: %d beside %d%n"
                    .formatted(
                            streams.getLast().heapGrowth(), streams.getFirst().heapGrowth()));
        }
        return text.toString();
    }

    /**
     * How much more is alive in the heap during the longest stream than during the shortest; null without any. It is of the whole heap,
     * which hides a growth that is small beside what is always there.
     */
    private @Nullable BigDecimal heapRatio() {
        return streams.isEmpty()
                ? null
                : BigDecimal.valueOf(streams.getLast().heapMost())
                        .divide(BigDecimal.valueOf(streams.getFirst().heapMost()), new MathContext(3));
    }

    /** The gate's figure divided by this one. */
    private BigDecimal ratio(Figure figure) {
        var gate = kafka.getOrDefault(GATE, figure).eventsPerSecond();
        return BigDecimal.valueOf(gate)
                .divide(BigDecimal.valueOf(Math.max(1, figure.eventsPerSecond())), new MathContext(3));
    }

    private static <V> Map<String, Object> map(Map<String, V> values, Function<V, Object> value) {
        var map = new LinkedHashMap<String, Object>();
        values.forEach((name, each) -> map.put(name, value.apply(each)));
        return map;
    }
}
