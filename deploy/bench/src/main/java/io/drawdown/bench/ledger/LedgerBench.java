package io.drawdown.bench.ledger;

import io.drawdown.bench.measure.Figure;
import io.drawdown.bench.measure.Timing;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.platform.Ground;
import io.drawdown.bench.report.Output;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code drawdown bench ledger}. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "Accepted usage on Kafka to durable wallet events, beside other ways of keeping a balance.")
public final class LedgerBench implements Callable<Integer> {

    /** Opened, with credit, used once. */
    private static final int EVENTS_IN_A_WALLET = 3;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Timing timing = new Timing();

    @Mixin
    private final Ground ground = new Ground();

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

    @Override
    public Integer call() throws IOException {
        var folder = ground.folder("ledger");
        Figure ledger;
        Map<String, Figure> others;
        try (var platform = ground.platform(folder)) {
            prepare(platform, Wallets.accounts(wallets));
            ledger = timing.measure(WalletLedger.start(platform), events);
            others = measureRivals(platform, folder);
        }
        if (hot) {
            others.put("one_hot_wallet", measureHotWallet(folder.resolve("hot")));
        }
        var report = new LedgerReport(ledger, others, conditions());
        output.print(report::json, report::text);
        return 0;
    }

    /** The same with nothing but one wallet: all usage is on one partition, one after the other. */
    private Figure measureHotWallet(Path folder) {
        try (var platform = ground.platform(folder)) {
            prepare(platform, Wallets.accounts(1));
            return timing.measure(WalletLedger.start(platform), events);
        }
    }

    private void prepare(BenchPlatform platform, List<String> accounts) {
        Output.progress("Writing %,d wallets".formatted(accounts.size()));
        Histories.write(platform, new Histories.Kind(accounts, EVENTS_IN_A_WALLET));
        Output.progress("Preparing %,d usage events".formatted(events));
        var environment = platform.start("kafka", "registry");
        new UsageTopic(environment.kafka(), environment.addressOf("schemaRegistry"), accounts, Catalogue.METER)
                .fill(events, sent -> Output.progress("prepared %,d".formatted(sent)));
        platform.stop();
    }

    private Map<String, Figure> measureRivals(BenchPlatform platform, Path folder) {
        var figures = new LinkedHashMap<String, Figure>();
        if (rivals.equals(List.of("none"))) {
            return figures;
        }
        var environment = platform.start("postgres", "kafka", "registry");
        for (var rival : rivals) {
            figures.put(rival, timing.measure(Rivals.start(rival, variables(environment, rival), folder), events));
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

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("wallets", wallets);
        conditions.put("events", events);
        conditions.putAll(timing.conditions());
        conditions.putAll(ground.conditions());
        conditions.put("fsync", "on");
        conditions.put("same_machine", List.of("broker", "database", "contender"));
        return conditions;
    }
}
