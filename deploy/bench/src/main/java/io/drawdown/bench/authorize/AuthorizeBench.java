package io.drawdown.bench.authorize;

import io.drawdown.bench.http.Load;
import io.drawdown.bench.http.OpenLoad;
import io.drawdown.bench.ledger.AcceptedUsage;
import io.drawdown.bench.ledger.Catalogue;
import io.drawdown.bench.ledger.Wallets;
import io.drawdown.bench.measure.Arrivals;
import io.drawdown.bench.measure.Delays;
import io.drawdown.bench.measure.Quantiles;
import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.bench.prepare.TopicFill;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code drawdown bench authorize}. */
@Command(
        name = "authorize",
        mixinStandardHelpOptions = true,
        description = "How long an authorization takes at a steady rate, while draw-downs run.")
public final class AuthorizeBench implements Callable<Integer> {

    /** Asking for the balance reads what is recorded now from the database each time. */
    private static final int ONE_IN_FOR_THE_NAIVE = 5;

    @Option(names = "--json", description = "Print the result as one JSON object on the last line.")
    private boolean json;

    @Option(names = "--rate", defaultValue = "5000", description = "Requests a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--usage",
            defaultValue = "5000",
            description = "Draw-downs a second beside them (default: ${DEFAULT-VALUE}).")
    private int usageRate;

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

    @Option(names = "--clients", defaultValue = "16", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--port-base", defaultValue = "7300", description = "First port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    private final Map<String, Quantiles> results = new LinkedHashMap<>();
    private List<String> accounts = List.of();
    private long sent;
    private volatile boolean done;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("drawdown-bench-authorize-");
        progress("Data and logs of this run: " + folder);
        accounts = Wallets.accounts(wallets);
        try (var platform = BenchPlatform.in(folder, portBase)) {
            var environment = platform.start("wallet");
            Catalogue.publish(environment);
            new Wallets(environment).open(accounts);
            var usage = Thread.ofPlatform().start(() -> drawDown(environment));
            measure(environment);
            done = true;
            usage.join();
        }
        System.out.print(json ? json() + System.lineSeparator() : text());
        return 0;
    }

    private void measure(Environment environment) {
        var headers =
                List.of("Authorization: Bearer " + environment.apiKeyOf("billing"), "Content-Type: application/json");
        var wallet = new OpenLoad(URI.create(environment.addressOf("wallet")), headers, clients);
        var management = String.valueOf(environment.management().get("wallet"));
        run(
                "authorize",
                wallet,
                rate,
                (connection, number) -> connection.send("POST", "/v1/authorizations", question(number)));
        run(
                "http_limit",
                new OpenLoad(URI.create(management), headers, clients),
                rate,
                (connection, _) -> connection.send("GET", "/actuator/health/liveness", ""));
        run(
                "naive",
                wallet,
                rate / ONE_IN_FOR_THE_NAIVE,
                (connection, number) -> connection.send("GET", "/v1/wallets/wal_" + account(number), ""));
    }

    private void run(String name, OpenLoad load, int perSecond, Load.Request request) {
        var requests = perSecond * (warmUpSeconds + seconds);
        var answered = new Delays(requests);
        load.run(requests, Arrivals.at(perSecond), request, answered);
        var quantiles = answered.quantiles(perSecond * warmUpSeconds);
        progress(row(name, quantiles));
        results.put(name, quantiles);
    }

    private String question(int number) {
        return "{\"accountId\":\"" + account(number) + "\",\"amount\":\"0.50\",\"meterId\":\"" + Catalogue.METER
                + "\"}";
    }

    private String account(int number) {
        return accounts.get(number % accounts.size());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Load on the ledger: what of it arrives is measured elsewhere.
    private void drawDown(Environment environment) {
        var usage = new AcceptedUsage(accounts, Catalogue.METER);
        try (KafkaProducer<String, UsageAccepted> producer =
                TopicFill.of(environment).producer(2)) {
            var arrivals = Arrivals.at(usageRate);
            while (!done) {
                arrivals.awaitDue(sent);
                producer.send(usage.next(sent++));
            }
        }
    }

    private String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("bench", "authorize");
        report.put("delay_ms", results);
        report.put("conditions", conditions());
        return JsonMapper.builder().build().writeValueAsString(report);
    }

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("requests_per_s", rate);
        conditions.put("requests_per_s_of_naive", rate / ONE_IN_FOR_THE_NAIVE);
        conditions.put("draw_downs_per_s", usageRate);
        conditions.put("wallets", wallets);
        conditions.put("clients", clients);
        conditions.put("warm_up_s", warmUpSeconds);
        conditions.put("measured_s", seconds);
        conditions.put("same_machine", List.of("broker", "database", "wallet-service", "client"));
        return conditions;
    }

    private String text() {
        var text = new StringBuilder("%-14s %9s %9s %9s%n".formatted("", "p50 ms", "p99 ms", "p99.9 ms"));
        results.forEach((name, quantiles) -> text.append(row(name, quantiles)).append(System.lineSeparator()));
        return text.toString();
    }

    private static String row(String name, Quantiles quantiles) {
        return "%-14s %9.2f %9.2f %9.2f".formatted(name, quantiles.p50(), quantiles.p99(), quantiles.p999());
    }

    /** Progress goes to standard error, so that standard output holds nothing but the result. */
    private static void progress(String words) {
        System.err.println(words);
    }
}
