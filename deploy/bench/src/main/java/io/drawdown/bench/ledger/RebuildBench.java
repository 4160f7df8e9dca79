package io.drawdown.bench.ledger;

import io.drawdown.bench.gate.GateRebuild;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.platform.Ground;
import io.drawdown.bench.report.Output;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        var rebuilt = new LinkedHashMap<String, Long>();
        var reading = new LinkedHashMap<String, Long>();
        try (var platform = ground.platform(folder)) {
            wallets(platform, rebuilt, reading);
        }
        try (var platform = ground.platform(folder.resolve("gate"))) {
            gate(platform, rebuilt, reading);
        }
        output.print(() -> json(rebuilt, reading), () -> text(rebuilt, reading));
        return 0;
    }

    private void wallets(BenchPlatform platform, Map<String, Long> rebuilt, Map<String, Long> reading) {
        Output.progress("Writing %,d wallets of %,d events".formatted(wallets, events));
        Histories.write(platform, Wallets.accounts(wallets), events);
        var environment = platform.start("wallet");
        keep(reading, "wallets", readAlone(environment), "reading their events alone");
        keep(rebuilt, "wallets", rebuild(environment), "rebuilding wallets");
    }

    private void gate(BenchPlatform platform, Map<String, Long> rebuilt, Map<String, Long> reading) throws IOException {
        Output.progress("Letting %,d usage events through the gate".formatted(claims));
        var gate = new GateRebuild(platform, Wallets.accounts(wallets), claims);
        keep(rebuilt, "gate", gate.perSecond(), "rebuilding the gate's claims");
        keep(reading, "gate", gate.readingAlone(), "reading the claims alone");
    }

    private static void keep(Map<String, Long> figures, String name, long perSecond, String what) {
        Output.progress("%s: %,d/s".formatted(what, perSecond));
        figures.put(name, perSecond);
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

    private String json(Map<String, Long> rebuilt, Map<String, Long> reading) {
        var report = new LinkedHashMap<String, Object>();
        report.put("bench", "rebuild");
        report.put("events_per_s", rebuilt);
        report.put("reading_alone_per_s", reading);
        report.put("ratios", ratios(rebuilt, reading));
        report.put(
                "conditions",
                Map.of(
                        "cores", Runtime.getRuntime().availableProcessors(),
                        "wallets", wallets,
                        "events_each", events,
                        "claims", claims));
        return JsonMapper.shared().writeValueAsString(report);
    }

    private static Map<String, BigDecimal> ratios(Map<String, Long> rebuilt, Map<String, Long> reading) {
        var ratios = new LinkedHashMap<String, BigDecimal>();
        rebuilt.forEach((name, perSecond) -> ratios.put(name, ratio(perSecond, reading.getOrDefault(name, 0L))));
        return ratios;
    }

    private static String text(Map<String, Long> rebuilt, Map<String, Long> reading) {
        var ratios = ratios(rebuilt, reading);
        return rebuilt.entrySet().stream()
                .map(each -> "%-10s %,12d a second   × %s of reading alone"
                        .formatted(each.getKey(), each.getValue(), ratios.get(each.getKey())))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static BigDecimal ratio(long rebuilt, long limit) {
        return BigDecimal.valueOf(rebuilt).divide(BigDecimal.valueOf(Math.max(1, limit)), new MathContext(3));
    }
}
