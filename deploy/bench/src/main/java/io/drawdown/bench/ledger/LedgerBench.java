package io.drawdown.bench.ledger;

import io.drawdown.bench.measure.Contender;
import io.drawdown.bench.measure.Figure;
import io.drawdown.bench.measure.Stopwatch;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code drawdown bench ledger}. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "Accepted usage on Kafka to durable wallet events, beside other ways of keeping a balance.")
public final class LedgerBench implements Callable<Integer> {

    @Option(names = "--json", description = "Print the result as one JSON object on the last line.")
    private boolean json;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "Measured time of each (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            description = "Uncounted time before (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(names = "--wallets", defaultValue = "10000", description = "Number of wallets (default: ${DEFAULT-VALUE}).")
    private int wallets;

    @Option(
            names = "--events",
            defaultValue = "12000000",
            description = "Usage events to prepare; a contender that has done all is measured until then"
                    + " (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--rivals",
            split = ",",
            paramLabel = "NAME",
            description = "Only these of naive, axon_command, raw_limit, kafka_streams; or none.")
    private List<String> rivals = Rivals.names();

    @Option(names = "--hot", description = "Also measure one wallet that all the usage belongs to.")
    private boolean hot;

    @Option(names = "--port-base", defaultValue = "7300", description = "First port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Override
    public Integer call() throws IOException {
        var folder = Files.createTempDirectory("drawdown-bench-");
        progress("Data and logs of this run: " + folder);
        try (var platform = BenchPlatform.in(folder, portBase)) {
            prepare(platform, Wallets.accounts(wallets));
            var ledger = measure(WalletLedger.start(platform));
            var others = measureRivals(platform, folder);
            if (hot) {
                others.put("one_hot_wallet", measureHotWallet(folder.resolve("hot")));
            }
            var report = new LedgerReport(ledger, others, conditions());
            System.out.print(json ? report.json() + System.lineSeparator() : report.text());
        }
        return 0;
    }

    /** The same with nothing but one wallet: all usage is on one partition, one after the other. */
    private Figure measureHotWallet(Path folder) {
        try (var platform = BenchPlatform.in(folder, portBase)) {
            prepare(platform, Wallets.accounts(1));
            return measure(WalletLedger.start(platform));
        }
    }

    private void prepare(BenchPlatform platform, List<String> accounts) {
        progress("Starting wallet-service to open %,d wallets with credit".formatted(accounts.size()));
        var environment = platform.start("wallet");
        Catalogue.publish(environment);
        new Wallets(environment).open(accounts);
        platform.stop();
        progress("Preparing %,d usage events".formatted(events));
        environment = platform.start("kafka", "registry");
        new UsageTopic(environment.kafka(), environment.addressOf("schemaRegistry"), accounts, Catalogue.METER)
                .fill(events, sent -> progress("prepared %,d".formatted(sent)));
        platform.stop();
    }

    private Map<String, Figure> measureRivals(BenchPlatform platform, Path folder) {
        var figures = new LinkedHashMap<String, Figure>();
        if (rivals.equals(List.of("none"))) {
            return figures;
        }
        var environment = platform.start("postgres", "kafka", "registry");
        for (var rival : rivals) {
            figures.put(rival, measure(Rivals.start(rival, variables(environment, rival), folder)));
        }
        return figures;
    }

    /** A rival gets a database of its own; the raw limit gets a copy of the ledger's own table, indexes and all. */
    private static Map<String, String> variables(Environment environment, String rival) {
        var database = Database.WALLET;
        if (rival.equals(Rivals.RAW_LIMIT)) {
            Database.execute(environment, database, "create table raw_limit (like wallet_event including all)");
        } else {
            database = "bench_" + rival;
            Database.execute(environment, "postgres", "create database " + database);
        }
        return Map.of(
                "BENCH_KAFKA", environment.kafka(),
                "BENCH_SCHEMA_REGISTRY", environment.addressOf("schemaRegistry"),
                "BENCH_JDBC_URL", Database.url(environment, database));
    }

    private Figure measure(Contender contender) {
        var stopwatch = new Stopwatch(
                Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds), events, LedgerBench::progress);
        try (contender) {
            var figure = stopwatch.measure(contender);
            progress("%s: %,d events/s".formatted(contender.name(), figure.eventsPerSecond()));
            return figure;
        }
    }

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("wallets", wallets);
        conditions.put("events", events);
        conditions.put("warm_up_s", warmUpSeconds);
        conditions.put("measured_s", seconds);
        conditions.put("fsync", "on");
        conditions.put("same_machine", List.of("broker", "database", "contender"));
        return conditions;
    }

    /** Progress goes to standard error, so that standard output holds nothing but the result. */
    static void progress(String words) {
        System.err.println(words);
    }
}
