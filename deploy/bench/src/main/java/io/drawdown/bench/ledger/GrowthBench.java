package io.drawdown.bench.ledger;

import io.drawdown.bench.ledger.Histories.Kind;
import io.drawdown.bench.measure.Timing;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.platform.Ground;
import io.drawdown.bench.report.Output;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code drawdown bench growth}. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description =
                "What usage costs with more and more wallets, and what a wallet costs with a longer and longer history.")
public final class GrowthBench implements Callable<Integer> {

    private static final int USUAL_HISTORY = 10;

    /** The longest, nearly, of which nothing is left behind when it is read. */
    private static final int HISTORY_WITHOUT_SNAPSHOT = 180;

    private static final int LONG_HISTORY = 1000;
    private static final List<String> DEEP = List.of("deep");
    private static final List<String> SHORT_ONES = Wallets.accounts(200);
    private static final List<String> MIDDLE_ONES = named("middle-", 200);
    private static final List<String> LONG_ONES = named("long-", 200);

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Timing timing = new Timing();

    @Mixin
    private final Ground ground = new Ground();

    @Option(
            names = "--wallets",
            split = ",",
            description = "Numbers of wallets, each measured by itself; 0 for none (default: ${DEFAULT-VALUE}).")
    private List<Integer> wallets = List.of(100, 1_000, 10_000, 100_000, 1_000_000);

    @Option(
            names = "--histories",
            split = ",",
            description = "Numbers of events in a wallet; 0 for none (default: ${DEFAULT-VALUE}).")
    private List<Integer> histories = List.of(10, 1_000, 100_000, 1_000_000);

    @Option(
            names = "--events",
            defaultValue = "16000000",
            description = "Usage events to prepare for each, of which half at most are used up by the warm-up"
                    + " (default: ${DEFAULT-VALUE}).")
    private long events;

    @Override
    public Integer call() throws IOException {
        var folder = ground.folder("growth");
        var breadth = new ArrayList<Map<String, Object>>();
        for (int count : wallets) {
            if (count > 0) {
                breadth.add(usage(folder.resolve("wallets-" + count), count));
            }
        }
        var depth = new ArrayList<Map<String, Object>>();
        for (int count : histories) {
            if (count > 0) {
                depth.add(history(folder.resolve("events-" + count), count));
            }
        }
        output.print(() -> json(breadth, depth), () -> text(breadth, depth));
        return 0;
    }

    /** Usage spread evenly over so many wallets. */
    private Map<String, Object> usage(Path folder, int count) {
        try (var platform = ground.platform(folder)) {
            var accounts = Wallets.accounts(count);
            Output.progress("Writing %,d wallets and %,d usage events".formatted(count, events));
            Histories.write(platform, new Kind(accounts, USUAL_HISTORY));
            var row = new LinkedHashMap<String, Object>();
            row.put("wallets", count);
            drawDown(platform, accounts, row);
            Output.progress(row.toString());
            return row;
        }
    }

    /** How fast usage of these wallets is drawn down. */
    private void drawDown(BenchPlatform platform, List<String> accounts, Map<String, Object> row) {
        var environment = platform.start("kafka", "registry");
        new UsageTopic(environment.kafka(), environment.addressOf("schemaRegistry"), accounts, Catalogue.METER)
                .fill(events, _ -> {});
        platform.stop();
        try (var ledger = WalletLedger.start(platform)) {
            var figure = timing.stopwatch(events).measure(ledger);
            row.put("events_per_s", figure.eventsPerSecond());
            row.put("measured_s", figure.measured().toSeconds());
            row.put("usage_per_wallet_event", ledger.usagePerWalletEvent());
            row.put("rss_mb", figure.residentMegabytes());
        }
    }

    /**
     * One wallet of so many events: read from its first event, read from its snapshot, and drawn down. Other wallets have the rest of as many
     * events as the longest history, so that only how they are shared out differs.
     */
    private Map<String, Object> history(Path folder, int count) {
        try (var platform = ground.platform(folder)) {
            Output.progress("Writing a wallet of %,d events".formatted(count));
            Histories.write(
                    platform,
                    new Kind(DEEP, count),
                    new Kind(SHORT_ONES, USUAL_HISTORY),
                    new Kind(MIDDLE_ONES, HISTORY_WITHOUT_SNAPSHOT),
                    new Kind(LONG_ONES, LONG_HISTORY),
                    new Kind(named("other-", (longest() - count) / LONG_HISTORY), LONG_HISTORY));
            var row = new LinkedHashMap<String, Object>();
            row.put("events", count);
            var environment = platform.start("wallet");
            row.put("first_read_ms", reads(environment).first("deep"));
            awaitSnapshot(environment, count);
            platform.stop();
            read(platform.start("wallet"), row);
            platform.stop();
            drawDown(platform, DEEP, row);
            Output.progress(row.toString());
            return row;
        }
    }

    private static List<String> named(String prefix, int count) {
        return Wallets.accounts(count).stream().map(prefix::concat).toList();
    }

    private int longest() {
        return Collections.max(histories);
    }

    /** By a service that has just started and has read others, without snapshots and with, and not this one. */
    private static WalletReads reads(Environment environment) {
        return new WalletReads(environment).having(SHORT_ONES).having(LONG_ONES);
    }

    private static void read(Environment environment, Map<String, Object> row) {
        var reads = reads(environment);
        row.put("cold_read_ms", reads.first("deep"));
        var kinds = new LinkedHashMap<String, List<String>>();
        kinds.put("load_ms", DEEP);
        kinds.put("load_of_10_ms", SHORT_ONES);
        kinds.put("load_of_180_ms", MIDDLE_ONES);
        kinds.put("load_of_1000_ms", LONG_ONES);
        row.putAll(reads.loads(kinds));
    }

    /** A long history leaves snapshots behind when it is first read; a short one needs none. */
    private static void awaitSnapshot(Environment environment, int count) {
        if (count < LONG_HISTORY) {
            return;
        }
        try (var connection = Database.connect(environment, Database.WALLET);
                var query = connection.prepareStatement(
                        "select max(version) from wallet_snapshot where wallet_id = 'wal_deep'")) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                var rows = query.executeQuery();
                return rows.next() && rows.getLong(1) >= count / LONG_HISTORY * LONG_HISTORY;
            });
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot look for a snapshot: " + e.getMessage(), e);
        }
    }

    private String json(List<Map<String, Object>> breadth, List<Map<String, Object>> depth) {
        var report = new LinkedHashMap<String, Object>();
        report.put("bench", "growth");
        report.put("wallets", breadth);
        report.put("histories", depth);
        report.put("conditions", conditions());
        return JsonMapper.shared().writeValueAsString(report);
    }

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("usage_events", events);
        conditions.putAll(timing.conditions());
        conditions.putAll(ground.conditions());
        conditions.put("events_in_each_wallet_before", USUAL_HISTORY);
        return conditions;
    }

    private static String text(List<Map<String, Object>> breadth, List<Map<String, Object>> depth) {
        return Stream.concat(breadth.stream(), depth.stream())
                .map(Map::toString)
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
