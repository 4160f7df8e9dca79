package io.drawdown.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.bench.measure.Figure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerReportTest {

    @Test
    void dividesTheLedgerByEachRival() {
        var report = new LedgerReport(figure(60_000, 700), rivals(), Map.of("cores", 2));

        assertThat(report.json()).isEqualTo("""
                        {"bench":"ledger","events_per_s":60000,"rivals":{"naive":4700,"raw_limit":170000},\
                        "ratios":{"naive":12.8,"raw_limit":0.353},\
                        "rss_mb":{"naive":300,"raw_limit":200,"ledger":700},"conditions":{"cores":2}}""");
    }

    @Test
    void saysInTheTableWhenAContenderRanOutOfEvents() {
        var drained = new Figure(90_000, 700, Duration.ofSeconds(41), true);

        assertThat(new LedgerReport(drained, rivals(), Map.of()).text()).contains("all events done after 41 s");
    }

    private static Map<String, Figure> rivals() {
        var rivals = new LinkedHashMap<String, Figure>();
        rivals.put("naive", figure(4_700, 300));
        rivals.put("raw_limit", figure(170_000, 200));
        return rivals;
    }

    private static Figure figure(long eventsPerSecond, long megabytes) {
        return new Figure(eventsPerSecond, megabytes, Duration.ofSeconds(60), false);
    }
}
