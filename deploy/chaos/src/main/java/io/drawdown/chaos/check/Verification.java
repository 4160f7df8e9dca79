package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Sent;
import io.drawdown.demo.client.Environment;
import io.drawdown.events.wallet.UsageDrawnDown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Waits until all has come to rest, then looks at everything that must hold. */
public final class Verification {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration STILLNESS = Duration.ofSeconds(4);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration FAR_AHEAD = Duration.ofMinutes(2);

    private final Environment environment;
    private final Accounts accounts;
    private final Sent sent;

    public Verification(Environment environment, Accounts accounts, Sent sent) {
        this.environment = environment;
        this.accounts = accounts;
        this.sent = sent;
    }

    /** All checks, in the order in which they are told; the first says whether all came to rest at all. */
    public List<Check> run(Consumer<String> progress) {
        try (var reader = new TopicReader(environment)) {
            var checks = new ArrayList<Check>();
            checks.add(rest(reader, progress));
            var topic = WalletTopic.read(reader);
            checks.addAll(new UsageChecks(topic, sent).all(reader));
            checks.addAll(new WalletChecks(topic, accounts, environment).all());
            checks.addAll(new RequestChecks(topic, sent).all());
            checks.addAll(new StripeChecks(topic, accounts, environment.stripe()).all());
            checks.add(leftBehind(reader));
            return checks;
        }
    }

    private Check rest(TopicReader reader, Consumer<String> progress) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var seen = -1;
        var since = System.nanoTime();
        var hindrance = "";
        while (System.nanoTime() < deadline) {
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
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return new Check("Everything comes to rest", seen, List.of("not within " + PATIENCE + ": " + hindrance));
    }

    private String hindranceIn(WalletTopic topic) {
        var lines = topic.all(UsageDrawnDown.class).stream()
                .mapToInt(drawn -> drawn.getLines().size())
                .sum();
        if (lines < sent.usage().size()) {
            return "%,d of %,d events of usage are drawn down"
                    .formatted(lines, sent.usage().size());
        }
        var now = Instant.now();
        for (var account : accounts.ids()) {
            var fold = WalletFold.of(topic.eventsOf(Accounts.walletOf(account)));
            if (fold.isWaiting() || fold.changesBetween(now, now.plus(FAR_AHEAD))) {
                return account + " has a top-up under way, or a hold or grant that is about to end";
            }
        }
        return "";
    }

    private Check leftBehind(TopicReader reader) {
        var violations = new ArrayList<>(sent.complaints());
        reader.deadLetters().forEach((topic, count) -> violations.add(topic + " holds " + count + " records"));
        var parked =
                environment.api("wallet", "billing").get("/v1/parked-usage").path("data");
        parked.values().forEach(usage -> violations.add("parked: " + usage));
        return new Check(
                "Nothing is left behind in dead letters or parked, and no answer was wrong",
                sent.repeats() + sent.retries(),
                violations);
    }
}
