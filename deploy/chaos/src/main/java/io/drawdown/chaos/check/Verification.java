package io.drawdown.chaos.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.Sent;
import io.drawdown.chaos.platform.Service;
import io.drawdown.demo.client.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Waits until all has come to rest, then looks at everything that must hold. */
public final class Verification {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration STILLNESS = Duration.ofSeconds(4);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** How much longer than a look the pause behind it is: whoever is to come to rest needs the processors. */
    private static final int PAUSE_TIMES = 4;

    private static final Duration FAR_AHEAD = Duration.ofMinutes(2);
    private static final Duration PATIENCE_WITH_TOTALS = Duration.ofMinutes(1);
    private static final Duration PATIENCE_WITH_REPORTS = Duration.ofMinutes(2);

    private final Environment environment;
    private final Accounts accounts;
    private final Catalogue catalogue;
    private final Sent sent;
    private final ReversalChecks reversals;
    private final ArrearsChecks arrears;

    public Verification(Environment environment, Accounts accounts, Catalogue catalogue, Sent sent) {
        this.environment = environment;
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.sent = sent;
        this.reversals = new ReversalChecks(environment.stripe()::list);
        this.arrears = new ArrearsChecks(
                accounts, catalogue, environment.api("billing-sync", "billing")::get, environment.stripe()::list);
    }

    /** All checks, in the order in which they are told; the first says whether all came to rest at all. */
    public List<Check> run(Consumer<String> progress) {
        try (var reader = TopicReader.impatient(environment);
                var patient = TopicReader.patient(environment)) {
            var checks = new ArrayList<Check>();
            checks.add(rest(reader, progress));
            var topic = WalletTopic.read(reader);
            var accepted = AcceptedUsage.read(reader);
            progress.accept("On the ledger: " + kinds(topic));
            checks.addAll(usage(topic).all(accepted));
            checks.add(accepted.isWhatIsSeenBy(AcceptedUsage.read(patient)));
            var used = WindowedUse.of(accepted, accounts, sent);
            checks.addAll(gate(reader, patient, accepted, used));
            checks.addAll(new TotalChecks(topic, catalogue, accounts).all(used));
            checks.addAll(wallets(topic).all());
            checks.addAll(past(topic).all(Instant.now()));
            checks.addAll(new RequestChecks(topic, sent).all());
            checks.addAll(stripe(topic).all());
            checks.addAll(List.of(
                    reversals.followed(topic),
                    reversals.followedByBonuses(topic),
                    reversals.sums(topic),
                    arrears.counted(topic)));
            checks.add(leftBehind(reader));
            return checks;
        }
    }

    /**
     * Whether reporting-service, once it has read the log, shows the wallets as that has them.
     *
     * @param service where it is
     */
    public Check reported(String service) {
        var reporting = environment.api(service, "finance");
        var deadline = System.nanoTime() + PATIENCE_WITH_REPORTS.toNanos();
        try (var reader = TopicReader.impatient(environment)) {
            var check = new ReportChecks(WalletTopic.read(reader), accounts, reporting::get).wallets();
            while (!check.holds() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
                check = new ReportChecks(WalletTopic.read(reader), accounts, reporting::get).wallets();
            }
            return check;
        }
    }

    /** What has come to happen in this run, and how often. */
    private static Map<String, Long> kinds(WalletTopic topic) {
        return topic.all().stream()
                .collect(groupingBy(event -> event.getSchema().getName(), TreeMap::new, counting()));
    }

    private UsageChecks usage(WalletTopic topic) {
        return new UsageChecks(new LedgerUsage(topic), catalogue, accounts, sent);
    }

    private WalletChecks wallets(WalletTopic topic) {
        var instances = new LinkedHashMap<String, WalletChecks.Instance>();
        for (var instance : Service.WALLET.instances()) {
            var api = environment.api(instance, "billing");
            instances.put(
                    instance, new WalletChecks.Instance(api::get, () -> api.postForLines("/v1/ledger/verifications")));
        }
        return new WalletChecks(topic, accounts, instances);
    }

    private PastChecks past(WalletTopic topic) {
        var instances = new TreeMap<String, Function<String, JsonNode>>();
        Service.WALLET
                .instances()
                .forEach(instance -> instances.put(instance, environment.api(instance, "billing")::get));
        return new PastChecks(topic, accounts, sent, instances);
    }

    private StripeChecks stripe(WalletTopic topic) {
        return new StripeChecks(topic, accounts, catalogue, environment.stripe()::list);
    }

    /** Totals follow what was accepted by a second or so, and what is shown of refusals what was refused. */
    private List<Check> gate(TopicReader reader, TopicReader patient, AcceptedUsage accepted, WindowedUse used) {
        var deadline = System.nanoTime() + PATIENCE_WITH_TOTALS.toNanos();
        var refusals = new RefusalChecks(sent).read(patient);
        Supplier<List<Check>> look =
                () -> Stream.concat(gateNow(reader, accepted, used), refusedNow(refusals, RefusedUsage.read(patient)))
                        .toList();
        var checks = look.get();
        while (!checks.stream().allMatch(Check::holds) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            checks = look.get();
        }
        return checks;
    }

    private Stream<Check> gateNow(TopicReader reader, AcceptedUsage accepted, WindowedUse used) {
        return Stream.concat(
                new GateChecks(sent, accounts, catalogue, this::gateSays).all(accepted, used, Instant.now()).stream(),
                Stream.of(PublishedTotals.read(reader).check(used, accounts, catalogue)));
    }

    private Stream<Check> refusedNow(RefusalChecks refusals, RefusedUsage refused) {
        return Stream.of(refusals.refused(refused), refusals.shown(refused, this::gateSays));
    }

    private JsonNode gateSays(String path) {
        return environment.api("usage-ingest", "billing").get(path);
    }

    private Check rest(TopicReader reader, Consumer<String> progress) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var seen = -1;
        var since = System.nanoTime();
        var hindrance = "";
        while (System.nanoTime() < deadline) {
            var begun = System.nanoTime();
            var topic = WalletTopic.read(reader);
            if (topic.all().size() != seen) {
                seen = topic.all().size();
                since = System.nanoTime();
            }
            hindrance = hindranceIn(topic);
            if (hindrance.isEmpty() && System.nanoTime() - since > STILLNESS.toNanos()) {
                return new Check("Everything comes to rest", seen, List.of());
            }
            progress.accept("Coming to rest: %,d wallet events; %s".formatted(seen, hindrance));
            LockSupport.parkNanos(Math.max(LOOK_EVERY.toNanos(), PAUSE_TIMES * (System.nanoTime() - begun)));
        }
        return new Check("Everything comes to rest", seen, List.of("not within " + PATIENCE + ": " + hindrance));
    }

    private String hindranceIn(WalletTopic topic) {
        var usage = usage(topic);
        var now = Instant.now();
        return Stream.<Supplier<String>>of(
                        () -> hindrance(usage.ofTheLedger().getFirst()),
                        () -> hindranceIn(topic, now),
                        () -> hindrance(reversals.followed(topic)),
                        () -> hindrance(reversals.followedByBonuses(topic)),
                        () -> hindrance(arrears.counted(topic)))
                .map(Supplier::get)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String hindrance(Check check) {
        return check.holds()
                ? ""
                : "%,d times not yet: %s, as in %s"
                        .formatted(
                                check.violations().size(),
                                check.name(),
                                check.violations().getFirst());
    }

    private String hindranceIn(WalletTopic topic, Instant now) {
        return WalletFold.ofAll(topic, accounts).entrySet().stream()
                .filter(each -> each.getValue().isWaiting() || each.getValue().changesBetween(now, now.plus(FAR_AHEAD)))
                .findFirst()
                .map(each -> each.getKey() + " has a top-up under way, or a hold or grant that is about to end")
                .orElse("");
    }

    private Check leftBehind(TopicReader reader) {
        return new LeftBehind(sent, environment.api("wallet", "billing")::get).check(reader.deadLetters());
    }
}
