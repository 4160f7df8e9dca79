package io.drawdown.bench.ledger;

import io.drawdown.bench.gate.GateRebuild;
import io.drawdown.bench.ledger.RebuildReport.Rebuild;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.platform.Ground;
import io.drawdown.bench.report.Output;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code drawdown bench rebuild}. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "The states of all wallets, and what the gate remembers, rebuilt from their logs, beside reading"
                + " those alone.")
public final class RebuildBench implements Callable<Integer> {

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Ground ground = new Ground();

    @Option(names = "--wallets", defaultValue = "10000", description = "Number of wallets (default: ${DEFAULT-VALUE}).")
    private int wallets;

    @Option(
            names = "--events",
            defaultValue = "200",
            description = "Events in each wallet, 3 or more (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--claims",
            defaultValue = "6000000",
            description = "Usage events that the gate remembers (default: ${DEFAULT-VALUE}).")
    private long claims;

    @Override
    public Integer call() throws IOException {
        var folder = ground.folder("rebuild");
        var rebuilds = new LinkedHashMap<String, Rebuild>();
        try (var platform = ground.platform(folder)) {
            rebuilds.put("wallets", wallets(platform));
        }
        try (var platform = ground.platform(folder.resolve("gate"))) {
            rebuilds.put("gate", gate(platform));
        }
        var report = new RebuildReport(rebuilds, conditions());
        output.print(report::json, report::text);
        return 0;
    }

    private Rebuild wallets(BenchPlatform platform) {
        Output.progress("Writing %,d wallets of %,d events".formatted(wallets, events));
        Histories.write(platform, new Histories.Kind(Wallets.accounts(wallets), events));
        var environment = platform.start("wallet");
        var reading = said("reading their events alone", readAlone(environment));
        return new Rebuild(said("rebuilding wallets", rebuild(environment)), reading);
    }

    private Rebuild gate(BenchPlatform platform) throws IOException {
        Output.progress("Letting %,d usage events through the gate".formatted(claims));
        var gate = new GateRebuild(platform, Wallets.accounts(wallets), claims);
        var rebuilt = gate.perSecond();
        if (rebuilt != null) {
            said("rebuilding the gate's claims", rebuilt);
        }
        return new Rebuild(rebuilt, said("reading the claims alone", gate.readingAlone()));
    }

    private static long said(String what, long perSecond) {
        Output.progress("%s: %,d/s".formatted(what, perSecond));
        return perSecond;
    }

    /** The service's own replay of every wallet from its first event, which also compares. */
    private static long rebuild(Environment environment) {
        var begun = System.nanoTime();
        var lines = new ServiceCalls(environment).verify();
        var took = System.nanoTime() - begun;
        var end = JsonMapper.shared().readTree(lines.getLast());
        if (!end.path("type").asString().equals("end")
                || end.path("differences").asLong() != 0) {
            throw new IllegalStateException("The replay is not what it should be: " + lines.getLast());
        }
        return perSecond(end.path("events").asLong(), took);
    }

    /** The payloads in the same order, fetched and thrown away. */
    private static long readAlone(Environment environment) {
        try (var connection = Database.connect(environment, Database.WALLET)) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.setFetchSize(1000);
                var begun = System.nanoTime();
                var rows = statement.executeQuery(
                        "select payload from wallet_event order by aggregate_identifier, sequence_number");
                long count = 0;
                while (rows.next()) {
                    count += rows.getBytes(1).length > 0 ? 1 : 0;
                }
                return perSecond(count, System.nanoTime() - begun);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The log cannot be read: " + e.getMessage(), e);
        }
    }

    private static long perSecond(long events, long nanos) {
        return Math.round(events * 1e9 / nanos);
    }

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("wallets", wallets);
        conditions.put("events_each", events);
        conditions.put("claims", claims);
        conditions.putAll(ground.conditions());
        return conditions;
    }
}
