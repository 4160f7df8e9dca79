package io.drawdown.bench.ledger;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code drawdown bench rebuild}. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "The states of all wallets rebuilt from the log, beside reading the log alone.")
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

    @Override
    public Integer call() throws IOException {
        try (var platform = ground.platform(ground.folder("rebuild"))) {
            Output.progress("Writing %,d wallets of %,d events".formatted(wallets, events));
            Histories.write(platform, Wallets.accounts(wallets), events);
            var environment = platform.start("wallet");
            var limit = readAlone(environment);
            Output.progress("reading alone: %,d events/s".formatted(limit));
            var rebuilt = rebuild(environment);
            var megabytes = platform.residentMegabytes("wallet");
            output.print(() -> json(rebuilt, limit, megabytes), () -> text(rebuilt, limit, megabytes));
        }
        return 0;
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

    private String json(long rebuilt, long limit, long megabytes) {
        var report = new LinkedHashMap<String, Object>();
        report.put("bench", "rebuild");
        report.put("events_per_s", rebuilt);
        report.put("rivals", Map.of("reading_alone", limit));
        report.put("ratios", Map.of("reading_alone", ratio(rebuilt, limit)));
        report.put("rss_mb", Map.of("ledger", megabytes));
        report.put(
                "conditions",
                Map.of(
                        "cores", Runtime.getRuntime().availableProcessors(),
                        "wallets", wallets,
                        "events_each", events));
        return JsonMapper.shared().writeValueAsString(report);
    }

    private static String text(long rebuilt, long limit, long megabytes) {
        return "rebuild    %,12d events/s   × %s of reading alone   %d MiB"
                .formatted(rebuilt, ratio(rebuilt, limit), megabytes);
    }

    private static BigDecimal ratio(long rebuilt, long limit) {
        return BigDecimal.valueOf(rebuilt).divide(BigDecimal.valueOf(Math.max(1, limit)), new MathContext(3));
    }
}
