package io.drawdown.bench.loop;

import io.drawdown.bench.gate.EventTopic;
import io.drawdown.bench.gate.rival.StreamsDedupe;
import io.drawdown.bench.http.OpenLoad;
import io.drawdown.bench.ledger.Catalogue;
import io.drawdown.bench.ledger.Wallets;
import io.drawdown.bench.measure.Arrivals;
import io.drawdown.bench.measure.Delays;
import io.drawdown.bench.measure.PrintingProcess;
import io.drawdown.bench.measure.Timing;
import io.drawdown.bench.platform.Ground;
import io.drawdown.bench.prepare.TopicFill;
import io.drawdown.bench.report.DelayTable;
import io.drawdown.bench.report.Output;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.net.URI;
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
import picocli.CommandLine.Mixin;
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

    /** As long as Kafka's producers wait when nobody tells them. */
    private static final int LINGER_MILLIS = 5;

    private static final int COMMIT_MILLIS = 25;

    private static final Duration UNTIL_ALL_ARE_SEEN = Duration.ofMinutes(2);

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Timing timing = new Timing();

    @Mixin
    private final Ground ground = new Ground();

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "5000,10000",
            description = "Events a second (default: ${DEFAULT-VALUE}).")
    private List<Integer> rates = List.of();

    @Option(names = "--wallets", defaultValue = "1000", description = "Number of wallets (default: ${DEFAULT-VALUE}).")
    private int wallets;

    private final DelayTable delays = new DelayTable();
    private List<String> accounts = List.of();
    private int run;

    /** Sends one run's usage; all of it is due when the arrivals say so. */
    private interface Sender {
        void send(String prefix, int events, Arrivals arrivals);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = ground.folder("loop");
        accounts = Wallets.accounts(wallets);
        try (var platform = ground.platform(folder)) {
            var environment = platform.start("wallet", "usage-ingest");
            Catalogue.publish(environment);
            Catalogue.publishAccounts(environment, accounts);
            new Wallets(environment).open(accounts);
            throughTheLoop(environment);
            platform.stop();
            besideIt(platform.start("kafka", "registry"), folder);
        }
        output.print(this::json, delays::text);
        return 0;
    }

    private void throughTheLoop(Environment environment) throws InterruptedException {
        var sight = Topic.WALLET_EVENTS.topicName();
        try (KafkaProducer<String, UsageEvent> producer =
                TopicFill.of(environment).producer(LINGER_MILLIS)) {
            for (var rate : rates) {
                measure("kafka_" + rate, environment, sight, rate, toKafka(producer));
            }
        }
        measure("http_" + rates.getFirst(), environment, sight, rates.getFirst(), overHttp(environment));
    }

    /** One hop of Kafka Streams with its transactions, which wait no longer than the gate does, and one hop of Kafka alone. */
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
                "exactly_once_v2",
                "BENCH_COMMIT_MS",
                Integer.toString(COMMIT_MILLIS));
        try (KafkaProducer<String, UsageEvent> producer =
                TopicFill.of(environment).producer(LINGER_MILLIS)) {
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
        delays.add(name, timing.steadyRate().measure(name, rate, events -> {
            var prefix = "run" + ++run + "-";
            var seen = new Delays(events);
            var consumer = Sight.consumer(environment, topic);
            var arrivals = Arrivals.at(rate);
            try (var _ = Sight.of(consumer, prefix, arrivals, seen)) {
                sender.send(prefix, events, arrivals);
                awaitAll(seen);
            }
            return seen;
        }));
    }

    private static void awaitAll(Delays seen) {
        var deadline = System.nanoTime() + UNTIL_ALL_ARE_SEEN.toNanos();
        while (!seen.areComplete() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What is lost is seen to be missing.
    private Sender toKafka(KafkaProducer<String, UsageEvent> producer) {
        return (prefix, events, arrivals) -> {
            var usage = new EventTopic(accounts);
            for (int i = 0; i < events; i++) {
                arrivals.awaitDueTogether(i);
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
                    // A request goes when the last of its events is due.
                    new Arrivals(arrivals.dueNanos(EVENTS_A_REQUEST - 1), arrivals.perSecond() / EVENTS_A_REQUEST),
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
        report.put("delay_ms", delays.results());
        report.put("conditions", conditions());
        return JsonMapper.builder().build().writeValueAsString(report);
    }

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("wallets", wallets);
        conditions.putAll(timing.conditions());
        conditions.putAll(ground.conditions());
        conditions.put("events_per_request", EVENTS_A_REQUEST);
        conditions.put("fsync", "on");
        conditions.put("same_machine", List.of("broker", "database", "both services", "client"));
        return conditions;
    }
}
