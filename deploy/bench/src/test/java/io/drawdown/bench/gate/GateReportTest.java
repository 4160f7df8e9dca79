package io.drawdown.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.bench.gate.StreamFigure.Heap;
import io.drawdown.bench.gate.StreamFigure.Resident;
import io.drawdown.bench.http.Pace;
import io.drawdown.bench.measure.Figure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateReportTest {

    @Test
    void dividesTheGateByEachRival() {
        var kafka = new LinkedHashMap<String, Figure>();
        kafka.put("gate", new Figure(120_000, 700, Duration.ofSeconds(60), false));
        kafka.put("kafka_streams", new Figure(100_000, 500, Duration.ofSeconds(60), false));

        var report =
                new GateReport(kafka, Map.of("gate_singles", new Pace(5_000, 1.5, 9)), List.of(), Map.of("cores", 2));

        assertThat(report.json()).isEqualTo("""
            {"bench":"gate","kafka_events_per_s":{"gate":120000,"kafka_streams":100000},\
            "ratios":{"gate":1,"kafka_streams":1.2},"rss_mb":{"gate":700,"kafka_streams":500},\
            "http_requests_per_s":{"gate_singles":5000},"http_p50_ms":{"gate_singles":1.5},\
            "http_p99_ms":{"gate_singles":9.0},"streams":[],"stream_heap_ratio":null,"stream_heap_growth_mb":[],"conditions":{"cores":2}}\
            """);
    }

    @Test
    void comparesWhatIsAliveDuringALongStreamWithAShortOne() {
        var few = new StreamFigure(
                10_000, 60, 90_000_000, Duration.ofSeconds(30), new Heap(70, 80, 71), new Resident(400, 420));
        var many = new StreamFigure(
                1_000_000, 1, 150_000_000, Duration.ofSeconds(50), new Heap(71, 84, 72), new Resident(420, 450));

        var report = new GateReport(Map.of(), Map.of(), List.of(few, many), Map.of("cores", 2));

        assertThat(report.json())
                .contains("""
            {"events":1000000,"requests":1,"bytes":150000000,"seconds":50.0,"events_per_s":20000,\
            "live_heap_mb":{"before":71,"most":84,"after":72},"rss_mb":{"before":420,"after":450}}],\
            "stream_heap_ratio":1.05,"stream_heap_growth_mb":[10,13],\
            """)
                .contains("\"events\":10000,\"requests\":60")
                .contains("\"events_per_s\":20000");
        assertThat(report.text()).contains("1,000,000").contains("1.05").contains("13 beside 10");
    }
}
