package io.drawdown.bench.authorize;

import io.drawdown.bench.http.Load;
import io.drawdown.bench.http.OpenLoad;
import io.drawdown.bench.ledger.AcceptedUsage;
import io.drawdown.bench.ledger.Catalogue;
import io.drawdown.bench.ledger.LedgerDatabase;
import io.drawdown.bench.ledger.Wallets;
import io.drawdown.bench.measure.Arrivals;
import io.drawdown.bench.measure.Delays;
import io.drawdown.bench.measure.Timing;
import io.drawdown.bench.platform.Ground;
import io.drawdown.bench.prepare.TopicFill;
import io.drawdown.bench.report.DelayTable;
import io.drawdown.bench.report.Output;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    /** What memory knows of a wallet since longer ago is read again from the database: the service's own default. */
    private static final Duration MAX_AGE = Duration.ofSeconds(5);

    /** So long no question comes for a wallet that is rarely asked for. */
    private static final Duration AGED = MAX_AGE.multipliedBy(2);

    private static final int ONE_IN_FOR_THE_AGED = 10;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Timing timing = new Timing();

    @Mixin
    private final Ground ground = new Ground();

    @Option(names = "--rate", defaultValue = "5000", description = "Requests a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--usage",
            defaultValue = "5000",
            description = "Draw-downs a second beside them (default: ${DEFAULT-VALUE}).")
    private int usageRate;

    @Option(names = "--wallets", defaultValue = "1000", description = "Number of wallets (default: ${DEFAULT-VALUE}).")
    private int wallets;

    @Option(names = "--clients", defaultValue = "16", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int clients;

    private final DelayTable delays = new DelayTable();
    private final Map<String, Long> drawnDownPerSecond = new LinkedHashMap<>();
    private final AtomicLong askedAged = new AtomicLong();
    private List<String> accounts = List.of();
    private List<String> aged = List.of();
    private long sent;
    private volatile boolean done;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var all = Wallets.accounts(wallets + agedWallets());
        accounts = all.subList(0, wallets);
        aged = all.subList(wallets, all.size());
        try (var platform = ground.platform(ground.folder("authorize"))) {
            var environment = platform.start("wallet");
            Catalogue.publish(environment);
            new Wallets(environment).open(all);
            var usage = Thread.ofPlatform().start(() -> drawDown(environment));
            try (var ledger = LedgerDatabase.of(environment)) {
                measure(environment, ledger);
            }
            done = true;
            usage.join();
        }
        output.print(this::json, delays::text);
        return 0;
    }

    private void measure(Environment environment, LedgerDatabase ledger) throws InterruptedException {
        var headers =
                List.of("Authorization: Bearer " + environment.apiKeyOf("billing"), "Content-Type: application/json");
        var wallet = new OpenLoad(URI.create(environment.addressOf("wallet")), headers, clients);
        var management = String.valueOf(environment.management().get("wallet"));
        run(
                ledger,
                "authorize",
                wallet,
                rate,
                (connection, number) -> connection.send("POST", "/v1/authorizations", question(account(number))));
        run(
                ledger,
                "authorize_aged",
                wallet,
                agedRate(),
                (connection, _) -> connection.send("POST", "/v1/authorizations", question(nextAged())));
        run(
                ledger,
                "http_limit",
                new OpenLoad(URI.create(management), headers, clients),
                rate,
                (connection, _) -> connection.send("GET", "/actuator/health/liveness", ""));
        run(
                ledger,
                "naive",
                wallet,
                rate / ONE_IN_FOR_THE_NAIVE,
                (connection, number) -> connection.send("GET", "/v1/wallets/wal_" + account(number), ""));
    }

    private void run(LedgerDatabase ledger, String name, OpenLoad load, int perSecond, Load.Request request)
            throws InterruptedException {
        var before = ledger.usage();
        var begun = System.nanoTime();
        delays.add(name, timing.steadyRate().measure(name, perSecond, requests -> {
            var answered = new Delays(requests);
            load.run(requests, Arrivals.at(perSecond), request, answered);
            return answered;
        }));
        drawnDownPerSecond.put(
                name,
                (ledger.usage() - before)
                        * 1_000
                        / Math.max(
                                1, Duration.ofNanos(System.nanoTime() - begun).toMillis()));
    }

    private String question(String account) {
        return "{\"accountId\":\"" + account + "\",\"amount\":\"0.50\",\"meterId\":\"" + Catalogue.METER + "\"}";
    }

    /** In turn over all rounds: when its turn comes again, what memory holds of it is too old. */
    private String nextAged() {
        return aged.get((int) (askedAged.getAndIncrement() % aged.size()));
    }

    private int agedRate() {
        return Math.max(1, rate / ONE_IN_FOR_THE_AGED);
    }

    private int agedWallets() {
        return Math.toIntExact(agedRate() * AGED.toSeconds());
    }

    private String account(int number) {
        return accounts.get(number % accounts.size());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Load on the ledger: what of it is drawn down is looked up there.
    private void drawDown(Environment environment) {
        var usage = new AcceptedUsage(accounts, Catalogue.METER);
        try (KafkaProducer<String, UsageAccepted> producer =
                TopicFill.of(environment).producer(2)) {
            var arrivals = Arrivals.at(usageRate);
            while (!done) {
                arrivals.awaitDueTogether(sent);
                producer.send(usage.next(sent++));
            }
        }
    }

    private String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("bench", "authorize");
        report.put("delay_ms", delays.results());
        report.put("drawn_down_per_s", drawnDownPerSecond);
        report.put("conditions", conditions());
        return JsonMapper.builder().build().writeValueAsString(report);
    }

    private Map<String, Object> conditions() {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("cores", Runtime.getRuntime().availableProcessors());
        conditions.put("requests_per_s", rate);
        conditions.put("requests_per_s_of_naive", rate / ONE_IN_FOR_THE_NAIVE);
        conditions.put("requests_per_s_of_aged", agedRate());
        conditions.put("usage_per_s", usageRate);
        conditions.put("wallets", wallets);
        conditions.put("aged_wallets", agedWallets());
        conditions.put("aged_s", AGED.toSeconds());
        conditions.put("clients", clients);
        conditions.putAll(timing.conditions());
        conditions.putAll(ground.conditions());
        conditions.put("same_machine", List.of("broker", "database", "wallet-service", "client"));
        return conditions;
    }
}
