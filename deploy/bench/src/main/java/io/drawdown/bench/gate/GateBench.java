package io.drawdown.bench.gate;

import io.drawdown.bench.gate.rival.NaiveEndpoint;
import io.drawdown.bench.gate.rival.RawCopy;
import io.drawdown.bench.gate.rival.StreamsDedupe;
import io.drawdown.bench.http.Load;
import io.drawdown.bench.http.Pace;
import io.drawdown.bench.ledger.Catalogue;
import io.drawdown.bench.ledger.Wallets;
import io.drawdown.bench.measure.Contender;
import io.drawdown.bench.measure.Figure;
import io.drawdown.bench.measure.PrintingProcess;
import io.drawdown.bench.measure.Stopwatch;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.prepare.TopicFill;
import io.drawdown.local.platform.Environment;
import io.drawdown.local.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code drawdown bench gate}. */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = "Raw usage to accepted usage, over Kafka and over HTTP, beside other ways of taking it once.")
public final class GateBench implements Callable<Integer> {

    private static final String KAFKA_STREAMS = "kafka_streams";
    private static final String RAW_LIMIT = "raw_limit";
    private static final int EVENTS_A_BATCH = 100;
    private static final int ABOVE_THE_PLATFORM = 120;

    @Option(names = "--json", description = "Print the result as one JSON object on the last line.")
    private boolean json;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "Measured time of each over Kafka (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "15",
            description = "Uncounted time before (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(names = "--accounts", defaultValue = "10000", description = "Accounts (default: ${DEFAULT-VALUE}).")
    private int accounts;

    @Option(
            names = "--events",
            defaultValue = "6000000",
            description = "Usage events to prepare on Kafka; a contender that has done all is measured until then"
                    + " (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--requests",
            defaultValue = "8000",
            description = "Measured requests over HTTP, of a hundred events; four times as many of one event"
                    + " (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(names = "--clients", defaultValue = "8", description = "Connections at once (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--port-base", defaultValue = "7300", description = "First port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    private List<String> ids = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("drawdown-bench-gate-");
        progress("Data and logs of this run: " + folder);
        ids = Wallets.accounts(accounts);
        try (var platform = BenchPlatform.in(folder, portBase)) {
            var http = overHttp(platform, folder);
            var kafka = overKafka(platform, folder);
            var report = new GateReport(kafka, http, conditions());
            System.out.print(json ? report.json() + System.lineSeparator() : report.text());
        }
        return 0;
    }

    private Map<String, Pace> overHttp(BenchPlatform platform, Path folder) throws InterruptedException {
        progress("Starting usage-ingest-service for usage over HTTP");
        var environment = platform.start("usage-ingest");
        Catalogue.publish(environment);
        Catalogue.publishAccounts(environment, ids);
        var paces = new LinkedHashMap<String, Pace>();
        measure("gate", URI.create(environment.addressOf("usage-ingest")), environment, paces);
        platform.stop();

        environment = platform.start("kafka", "registry");
        var port = portBase + ABOVE_THE_PLATFORM;
        var settings = new LinkedHashMap<>(variables(environment));
        settings.put("BENCH_PORT", Integer.toString(port));
        try (var naive = PrintingProcess.ofProgram("naive", NaiveEndpoint.class, settings, folder)) {
            awaitListening(naive, port);
            measure("naive", URI.create("http://127.0.0.1:" + port), environment, paces);
        }
        platform.stop();
        return paces;
    }

    /** A rival that ends instead is told by its count. */
    private static void awaitListening(PrintingProcess rival, int port) throws InterruptedException {
        while (!Readiness.port(port).isReady()) {
            rival.durableEvents();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private void measure(String name, URI server, Environment environment, Map<String, Pace> paces) {
        var key = "Authorization: Bearer " + environment.apiKeyOf("ingest");
        var batches = new Load(server, List.of(key, "Content-Type: application/cloudevents-batch+json"), clients);
        var singles = new Load(server, List.of(key, "Content-Type: application/cloudevents+json"), clients);
        Load.Request batch =
                (connection, number) -> connection.send("POST", "/v1/events", batch(name + "-b" + number + "-"));
        Load.Request single = (connection, number) ->
                connection.send("POST", "/v1/events", EventTopic.cloudEvent(name + "-s" + number, account(number)));
        batches.run(requests / 4, (connection, number) -> batch.send(connection, -1 - number));
        keep(paces, name + "_batches", batches.run(requests, batch));
        singles.run(requests / 4, (connection, number) -> single.send(connection, -1 - number));
        keep(paces, name + "_singles", singles.run(4 * requests, single));
    }

    private String batch(String prefix) {
        return IntStream.range(0, EVENTS_A_BATCH)
                .mapToObj(i -> EventTopic.cloudEvent(prefix + i, account(prefix.hashCode() + i)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String account(int number) {
        return ids.get(Math.floorMod(number, ids.size()));
    }

    private static void keep(Map<String, Pace> paces, String name, Pace pace) {
        progress("%s: %,d requests/s".formatted(name, pace.perSecond()));
        paces.put(name, pace);
    }

    private Map<String, Figure> overKafka(BenchPlatform platform, Path folder) {
        progress("Preparing %,d usage events on Kafka".formatted(events));
        var environment = platform.start("kafka", "registry");
        var usage = new EventTopic(ids);
        TopicFill.of(environment).fill(events, usage::next, sent -> progress("prepared %,d".formatted(sent)));
        platform.stop();
        var figures = new LinkedHashMap<String, Figure>();
        figures.put("gate", measure(UsageGate.start(platform)));
        environment = platform.start("kafka", "registry");
        var variables = variables(environment);
        figures.put(
                KAFKA_STREAMS,
                measure(PrintingProcess.ofProgram(KAFKA_STREAMS, StreamsDedupe.class, variables, folder)));
        figures.put(RAW_LIMIT, measure(PrintingProcess.ofProgram(RAW_LIMIT, RawCopy.class, variables, folder)));
        return figures;
    }

    private static Map<String, String> variables(Environment environment) {
        return Map.of(
                "BENCH_KAFKA", environment.kafka(),
                "BENCH_SCHEMA_REGISTRY", environment.addressOf("schemaRegistry"),
                "BENCH_JDBC_URL", "");
    }

    private Figure measure(Contender contender) {
        var stopwatch = new Stopwatch(
                Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds), events, GateBench::progress);
        try (contender) {
            var figure = stopwatch.measure(contender);
            progress("%s: %,d events/s".formatted(contender.name(), figure.eventsPerSecond()));
            return figure;
        }
    }

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("accounts", accounts);
        conditions.put("events", events);
        conditions.put("events_per_batch", EVENTS_A_BATCH);
        conditions.put("clients", clients);
        conditions.put("warm_up_s", warmUpSeconds);
        conditions.put("measured_s", seconds);
        conditions.put("same_machine", List.of("broker", "database", "contender", "client"));
        return conditions;
    }

    /** Progress goes to standard error, so that standard output holds nothing but the result. */
    private static void progress(String words) {
        System.err.println(words);
    }
}
