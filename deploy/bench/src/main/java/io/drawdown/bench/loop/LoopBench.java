package io.drawdown.bench.loop;

import io.drawdown.bench.gate.EventTopic;
import io.drawdown.bench.gate.rival.StreamsDedupe;
import io.drawdown.bench.http.OpenLoad;
import io.drawdown.bench.ledger.Catalogue;
import io.drawdown.bench.ledger.Wallets;
import io.drawdown.bench.measure.Arrivals;
import io.drawdown.bench.measure.Delays;
import io.drawdown.bench.measure.PrintingProcess;
import io.drawdown.bench.measure.Quantiles;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.prepare.TopicFill;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.local.platform.Environment;
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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code drawdown bench loop}. */
@Command(
        name = "loop",
        mixinStandardHelpOptions = true,
        description = "How long from usage that is reported to the wallet event that shows it, at a steady rate.")
public final class LoopBench implements Callable<Integer> {

    private static final int EVENTS_A_REQUEST = 10;
    private static final int CLIENTS = 16;
    private static final Duration UNTIL_ALL_ARE_SEEN = Duration.ofSeconds(30);

    @Option(names = "--json", description = "Print the result as one JSON object on the last line.")
    private boolean json;

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "5000,10000",
            description = "Events a second (default: ${DEFAULT-VALUE}).")
    private List<Integer> rates = List.of();

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "Measured time of each (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            description = "Uncounted time before (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(names = "--wallets", defaultValue = "1000", description = "Number of wallets (default: ${DEFAULT-VALUE}).")
    private int wallets;

    @Option(names = "--port-base", defaultValue = "7300", description = "First port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    private final Map<String, Quantiles> results = new LinkedHashMap<>();
    private List<String> accounts = List.of();
    private int run;

    /** Sends one run's usage; all of it is due when the arrivals say so. */
    private interface Sender {
        void send(String prefix, int events, Arrivals arrivals);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("drawdown-bench-loop-");
        progress("Data and logs of this run: " + folder);
        accounts = Wallets.accounts(wallets);
        try (var platform = BenchPlatform.in(folder, portBase)) {
            var environment = platform.start("wallet", "usage-ingest");
            Catalogue.publish(environment);
            Catalogue.publishAccounts(environment, accounts);
            new Wallets(environment).open(accounts);
            throughTheLoop(environment);
            platform.stop();
            besideIt(platform.start("kafka", "registry"), folder);
        }
        System.out.print(json ? json() + System.lineSeparator() : text());
        return 0;
    }

    private void throughTheLoop(Environment environment) throws InterruptedException {
        var sight = Topic.WALLET_EVENTS.topicName();
        try (KafkaProducer<String, UsageEvent> producer =
                TopicFill.of(environment).producer(1)) {
            for (var rate : rates) {
                measure("kafka_" + rate, environment, sight, rate, toKafka(producer));
            }
        }
        measure("http_" + rates.getFirst(), environment, sight, rates.getFirst(), overHttp(environment));
    }

    /** One hop of Kafka Streams with its transactions, and one hop of Kafka alone. */
    private void besideIt(Environment environment, Path folder) throws InterruptedException {
        var rate = rates.getFirst();
        var settings = Map.of(
                "BENCH_KAFKA",
                environment.kafka(),
                "BENCH_SCHEMA_REGISTRY",
                environment.addressOf("schemaRegistry"),
                "BENCH_JDBC_URL",
                "",
                "BENCH_GUARANTEE",
                "exactly_once_v2");
        try (KafkaProducer<String, UsageEvent> producer =
                TopicFill.of(environment).producer(1)) {
            measure("kafka_limit_" + rate, environment, Topic.USAGE_EVENTS.topicName(), rate, toKafka(producer));
            try (var rival = PrintingProcess.ofProgram("kafka_streams", StreamsDedupe.class, settings, folder)) {
                awaitIdle(rival);
                measure("kafka_streams_" + rate, environment, StreamsDedupe.OUTPUT, rate, toKafka(producer));
            }
        }
    }

    /** It reads everything from the beginning first. */
    private static void awaitIdle(PrintingProcess rival) {
        var before = -1L;
        for (var now = rival.durableEvents(); now == 0 || now != before; now = rival.durableEvents()) {
            before = now;
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
        }
    }

    private void measure(String name, Environment environment, String topic, int rate, Sender sender)
            throws InterruptedException {
        var prefix = "run" + ++run + "-";
        var events = rate * (warmUpSeconds + seconds);
        var seen = new Delays(events);
        var consumer = Sight.consumer(environment, topic);
        var arrivals = Arrivals.at(rate);
        try (var _ = Sight.of(consumer, prefix, arrivals, seen)) {
            sender.send(prefix, events, arrivals);
            var deadline = System.nanoTime() + UNTIL_ALL_ARE_SEEN.toNanos();
            while (!seen.areComplete(0) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
        var quantiles = seen.quantiles(rate * warmUpSeconds);
        progress(row(name, quantiles));
        results.put(name, quantiles);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What is lost is seen to be missing.
    private Sender toKafka(KafkaProducer<String, UsageEvent> producer) {
        return (prefix, events, arrivals) -> {
            var usage = new EventTopic(accounts);
            for (int i = 0; i < events; i++) {
                arrivals.awaitDue(i);
                producer.send(named(usage.next(i), prefix + i));
            }
        };
    }

    private static ProducerRecord<String, UsageEvent> named(ProducerRecord<String, UsageEvent> record, String id) {
        record.value().setId(id);
        return record;
    }

    private Sender overHttp(Environment environment) {
        var headers = List.of(
                "Authorization: Bearer " + environment.apiKeyOf("ingest"),
                "Content-Type: application/cloudevents-batch+json");
        var load = new OpenLoad(URI.create(environment.addressOf("usage-ingest")), headers, CLIENTS);
        return (prefix, events, arrivals) -> {
            var requests = events / EVENTS_A_REQUEST;
            load.run(
                    requests,
                    new Arrivals(arrivals.begunNanos(), arrivals.perSecond() / EVENTS_A_REQUEST),
                    (connection, number) ->
                            connection.send("POST", "/v1/events", request(prefix, number * EVENTS_A_REQUEST)),
                    new Delays(requests));
        };
    }

    private String request(String prefix, int first) {
        return IntStream.range(first, first + EVENTS_A_REQUEST)
                .mapToObj(i -> EventTopic.cloudEvent(prefix + i, accounts.get(i % accounts.size())))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("bench", "loop");
        report.put("delay_ms", results);
        report.put("conditions", conditions());
        return JsonMapper.builder().build().writeValueAsString(report);
    }

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("wallets", wallets);
        conditions.put("warm_up_s", warmUpSeconds);
        conditions.put("measured_s", seconds);
        conditions.put("events_per_request", EVENTS_A_REQUEST);
        conditions.put("fsync", "on");
        conditions.put("same_machine", List.of("broker", "database", "both services", "client"));
        return conditions;
    }

    private String text() {
        var text = new StringBuilder("%-22s %9s %9s %9s%n".formatted("", "p50 ms", "p99 ms", "p99.9 ms"));
        results.forEach((name, quantiles) -> text.append(row(name, quantiles)).append(System.lineSeparator()));
        return text.toString();
    }

    private static String row(String name, Quantiles quantiles) {
        return "%-22s %9.2f %9.2f %9.2f%s"
                .formatted(
                        name,
                        quantiles.p50(),
                        quantiles.p99(),
                        quantiles.p999(),
                        quantiles.missing() == 0 ? "" : "  (%,d never seen)".formatted(quantiles.missing()));
    }

    /** Progress goes to standard error, so that standard output holds nothing but the result. */
    private static void progress(String words) {
        System.err.println(words);
    }
}
