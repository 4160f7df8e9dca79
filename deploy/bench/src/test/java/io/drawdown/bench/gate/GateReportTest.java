package io.drawdown.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.bench.http.Pace;
import io.drawdown.bench.measure.Figure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateReportTest {

    @Test
    void dividesTheGateByEachRival() {
        var kafka = new LinkedHashMap<String, Figure>();
        kafka.put("gate", new Figure(120_000, 700, Duration.ofSeconds(60), false));
        kafka.put("kafka_streams", new Figure(100_000, 500, Duration.ofSeconds(60), false));

        var report = new GateReport(kafka, Map.of("gate_singles", new Pace(5_000, 1.5, 9)), Map.of("cores", 2));

        assertThat(report.json()).isEqualTo("""
            {"bench":"gate","kafka_events_per_s":{"gate":120000,"kafka_streams":100000},\
            "ratios":{"gate":1,"kafka_streams":1.2},"rss_mb":{"gate":700,"kafka_streams":500},\
            "http_requests_per_s":{"gate_singles":5000},"http_p50_ms":{"gate_singles":1.5},\
            "http_p99_ms":{"gate_singles":9.0},"conditions":{"cores":2}}\
            """);
    }
}
