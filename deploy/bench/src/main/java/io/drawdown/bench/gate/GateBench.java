package io.drawdown.bench.gate;

import io.drawdown.bench.gate.rival.NaiveEndpoint;
import io.drawdown.bench.gate.rival.RawCopy;
import io.drawdown.bench.gate.rival.StreamsDedupe;
import io.drawdown.bench.http.Load;
import io.drawdown.bench.http.Pace;
import io.drawdown.bench.ledger.Catalogue;
import io.drawdown.bench.ledger.Wallets;
import io.drawdown.bench.measure.Figure;
import io.drawdown.bench.measure.Plateau;
import io.drawdown.bench.measure.PrintingProcess;
import io.drawdown.bench.measure.Timing;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.platform.Ground;
import io.drawdown.bench.prepare.TopicFill;
import io.drawdown.bench.report.Output;
import io.drawdown.local.platform.Environment;
import io.drawdown.local.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    private static final Duration WINDOW = Duration.ofSeconds(15);
    private static final int NUMBERS_A_WINDOW = 50_000_000;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Timing timing = new Timing();

    @Mixin
    private final Ground ground = new Ground();

    @Option(names = "--accounts", defaultValue = "10000", description = "Accounts (default: ${DEFAULT-VALUE}).")
    private int accounts;

    @Option(
            names = "--events",
            defaultValue = "6000000",
            description = "Usage events to prepare on Kafka; a contender that has done all is measured until then"
                    + " (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--clients",
            defaultValue = "32",
            description = "Connections at once over HTTP (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--over",
            split = ",",
            defaultValue = "http,kafka,stream",
            description = "Ways in to measure (default: ${DEFAULT-VALUE}).")
    private Set<Way> ways = Set.of();

    @Option(
            names = "--stream-events",
            defaultValue = "1000000",
            description = "Usage events in the one long request of the way in 'stream' (default: ${DEFAULT-VALUE}).")
    private int streamEvents;

    private List<String> ids = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = ground.folder("gate");
        ids = Wallets.accounts(accounts);
        var http = ways.contains(Way.HTTP) ? overHttp(folder.resolve("http")) : Map.<String, Pace>of();
        var kafka = ways.contains(Way.KAFKA) ? overKafka(folder.resolve("kafka")) : Map.<String, Figure>of();
        var streams = List.<StreamFigure>of();
        try {
            if (ways.contains(Way.STREAM)) {
                streams = inStreams(folder.resolve("stream"));
            }
        } finally {
            // A stream that is not taken fails the run, and costs nothing of what was measured before.
            var report = new GateReport(kafka, http, streams, conditions());
            output.print(report::json, report::text);
        }
        return 0;
    }

    private Map<String, Pace> overHttp(Path folder) throws InterruptedException {
        try (var platform = ground.platform(folder)) {
            return overHttp(platform);
        }
    }

    private List<StreamFigure> inStreams(Path folder) {
        try (var platform = ground.platform(folder)) {
            Output.progress("Starting usage-ingest-service for streams");
            var environment = platform.start("usage-ingest");
            publish(environment);
            return new GateStreams(platform, environment, ids, timing).measure(streamEvents);
        }
    }

    /** On a platform of its own: what came over HTTP would make the gate's memory larger than a rival's. */
    private Map<String, Figure> overKafka(Path folder) {
        try (var platform = ground.platform(folder)) {
            return overKafka(platform);
        }
    }

    private Map<String, Pace> overHttp(BenchPlatform platform) throws InterruptedException {
        Output.progress("Starting usage-ingest-service for usage over HTTP");
        var environment = platform.start("usage-ingest");
        publish(environment);
        var paces = new LinkedHashMap<String, Pace>();
        measure("gate", URI.create(environment.addressOf("usage-ingest")), environment, paces);
        platform.stop();

        environment = platform.start("kafka", "registry");
        var port = ground.freePort();
        var settings = new LinkedHashMap<>(variables(environment));
        settings.put("BENCH_PORT", Integer.toString(port));
        try (var naive = PrintingProcess.ofProgram("naive", NaiveEndpoint.class, settings, platform.folder())) {
            awaitListening(naive, port);
            measure("naive", URI.create("http://127.0.0.1:" + port), environment, paces);
        }
        platform.stop();
        return paces;
    }

    private void publish(Environment environment) {
        Catalogue.publish(environment);
        Catalogue.publishAccounts(environment, ids);
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
        keep(paces, name + "_batches", batches, batch);
        keep(paces, name + "_singles", singles, single);
    }

    /** No number is used twice: a repeat would cost less than an event. */
    private Pace pace(String name, Load load, Load.Request request) {
        var plateau = new Plateau();
        int first = 0;
        while (!plateau.isReached(warmUp(name, load, first, request))) {
            first += NUMBERS_A_WINDOW;
        }
        return load.run(timing.measured(), first + NUMBERS_A_WINDOW, request);
    }

    private static long warmUp(String name, Load load, int first, Load.Request request) {
        long perSecond = load.run(WINDOW, first, request).perSecond();
        Output.progress("%s: warming up, %,d requests/s".formatted(name, perSecond));
        return perSecond;
    }

    private String batch(String prefix) {
        return IntStream.range(0, EVENTS_A_BATCH)
                .mapToObj(i -> EventTopic.cloudEvent(prefix + i, account(prefix.hashCode() + i)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String account(int number) {
        return ids.get(Math.floorMod(number, ids.size()));
    }

    private void keep(Map<String, Pace> paces, String name, Load load, Load.Request request) {
        var pace = pace(name, load, request);
        Output.progress("%s: %,d requests/s".formatted(name, pace.perSecond()));
        paces.put(name, pace);
    }

    private Map<String, Figure> overKafka(BenchPlatform platform) {
        Output.progress("Preparing %,d usage events on Kafka".formatted(events));
        var environment = platform.start("kafka", "registry");
        publish(environment);
        var usage = new EventTopic(ids);
        TopicFill.of(environment).fill(events, usage::next, sent -> Output.progress("prepared %,d".formatted(sent)));
        platform.stop();
        var figures = new LinkedHashMap<String, Figure>();
        figures.put("gate", timing.measure(UsageGate.start(platform), events));
        environment = platform.start("kafka", "registry");
        var variables = variables(environment);
        figures.put(
                KAFKA_STREAMS,
                timing.measure(
                        PrintingProcess.ofProgram(KAFKA_STREAMS, StreamsDedupe.class, variables, platform.folder()),
                        events));
        figures.put(
                RAW_LIMIT,
                timing.measure(
                        PrintingProcess.ofProgram(RAW_LIMIT, RawCopy.class, variables, platform.folder()), events));
        return figures;
    }

    private static Map<String, String> variables(Environment environment) {
        return Map.of(
                "BENCH_KAFKA", environment.kafka(),
                "BENCH_SCHEMA_REGISTRY", environment.addressOf("schemaRegistry"),
                "BENCH_JDBC_URL", "");
    }

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("accounts", accounts);
        conditions.put("events", events);
        conditions.put("events_per_batch", EVENTS_A_BATCH);
        conditions.put("clients", clients);
        conditions.put("over", ways);
        conditions.put("stream_events", streamEvents);
        conditions.putAll(timing.conditions());
        conditions.putAll(ground.conditions());
        conditions.put("same_machine", List.of("broker", "database", "contender", "client"));
        return conditions;
    }

    /** How usage comes in. */
    private enum Way {
        HTTP,
        STREAM,
        KAFKA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
