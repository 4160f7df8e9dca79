package io.drawdown.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.bench.ledger.RebuildReport.Rebuild;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RebuildReportTest {

    @Test
    void dividesByReadingAlone() {
        var report = report(new Rebuild(500L, 1_000));

        assertThat(report.json()).isEqualTo("""
            {"bench":"rebuild","events_per_s":{"wallets":67000,"gate":500},\
            "reading_alone_per_s":{"wallets":390000,"gate":1000},"ratios":{"wallets":0.172,"gate":0.5},\
            "conditions":{"cores":2}}\
            """);
    }

    @Test
    void keepsTheWalletsFiguresWhereTheGatesCannotBeTold() {
        var report = report(new Rebuild(null, 936_000));

        assertThat(report.json()).isEqualTo("""
            {"bench":"rebuild","events_per_s":{"wallets":67000,"gate":null},\
            "reading_alone_per_s":{"wallets":390000,"gate":936000},"ratios":{"wallets":0.172,"gate":null},\
            "conditions":{"cores":2}}\
            """);
        assertThat(report.text()).contains("67,000 a second").contains("cannot be told");
    }

    private static RebuildReport report(Rebuild gate) {
        var rebuilds = new LinkedHashMap<String, Rebuild>();
        rebuilds.put("wallets", new Rebuild(67_000L, 390_000));
        rebuilds.put("gate", gate);
        return new RebuildReport(rebuilds, Map.of("cores", 2));
    }
}
