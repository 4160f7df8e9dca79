package io.drawdown.demo.step;

import static io.drawdown.demo.step.CatalogueFromStripe.METER_EVENT;
import static io.drawdown.demo.step.Json.text;

import io.drawdown.demo.step.Story.Fact;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Everything that an installation does on an ordinary day, at once and again and again: what its JVMs are to be good at. */
public final class EverydayUse implements Step {

    private static final List<Step> SALE = List.of(
            new LeadToAccount(), new CatalogueFromStripe(), new FirstPurchase(), new UsageDrawsDown(), new ToppedUp());
    private static final List<String> REPORTS =
            List.of("revenue", "cash", "wallets", "revenue/by-account", "revenue/by-month");
    private static final BigDecimal LITTLE = new BigDecimal("0.01");

    private final Duration duration;

    public EverydayUse(Duration duration) {
        this.duration = duration;
    }

    /** Done again and again; numbers count from 0. */
    private interface Activity {
        void perform(int number);
    }

    @Override
    public String name() {
        return "Everything is used at once for %d s".formatted(duration.toSeconds());
    }

    @Override
    public String perform(Story story) {
        var deadline = System.nanoTime() + duration.toNanos();
        var done = new LinkedHashMap<String, Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            activities(story)
                    .forEach((name, activity) -> done.put(name, threads.submit(() -> repeat(activity, deadline))));
        }
        var counts = new ArrayList<String>();
        done.forEach((name, count) -> counts.add(count(name, count) + " " + name));
        return String.join(", ", counts);
    }

    private static Map<String, Activity> activities(Story story) {
        var activities = new LinkedHashMap<String, Activity>();
        activities.put("single events", number -> single(story, "a" + number));
        activities.put("further single events", number -> single(story, "b" + number));
        activities.put("authorizations", number -> authorize(story));
        activities.put("batches", everyNow(200, number -> batch(story, "batch-" + number + "-")));
        activities.put("streams", everyNow(500, number -> stream(story, "stream-" + number + "-")));
        activities.put("rounds over Kafka", everyNow(200, number -> overKafka(story, number)));
        activities.put("holds", everyNow(300, number -> hold(story, number)));
        activities.put("grants", everyNow(500, number -> grant(story, number)));
        activities.put("corrections", everyNow(300, number -> correct(story, number)));
        activities.put("looks at the wallet", everyNow(300, number -> lookAtTheWallet(story)));
        activities.put("looks at reports", everyNow(500, number -> lookAtReports(story)));
        activities.put("leads won", everyNow(500, number -> new LeadToAccount().perform(story.another())));
        activities.put("sales", number -> sell(story.another()));
        return activities;
    }

    /** Leaves the processors to the others for a while after each time. */
    private static Activity everyNow(int pauseMillis, Activity activity) {
        return number -> {
            activity.perform(number);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
        };
    }

    private static int repeat(Activity activity, long deadline) {
        var number = 0;
        while (System.nanoTime() < deadline) {
            activity.perform(number++);
        }
        return number;
    }

    private static int count(String name, Future<Integer> done) {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new AssertionError("Of the %s one failed: %s".formatted(name, e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during everyday use", e);
        }
    }

    private static void single(Story story, String id) {
        var account = story.recall(Fact.ACCOUNT);
        var event = CloudEvents.usage(story, "everyday-" + id, METER_EVENT, account, LITTLE, Instant.now());
        story.ingest().post("/v1/events", event, CloudEvents.SINGLE, "");
    }

    private static void batch(Story story, String prefix) {
        story.ingest().post("/v1/events", CloudEvents.batch(story, prefix, 100, 1), CloudEvents.BATCH, "");
    }

    private static void stream(Story story, String prefix) {
        story.ingest().postLines("/v1/events", CloudEvents.batch(story, prefix, 200, LITTLE));
    }

    private static void overKafka(Story story, int number) {
        var ids = UsageDrawsDown.ids("everyday-" + number + "-", 200);
        story.backend().sendAll(story.recall(Fact.ACCOUNT), METER_EVENT, ids, LITTLE);
    }

    private static void authorize(Story story) {
        story.wallets()
                .post("/v1/authorizations", Map.of("accountId", story.recall(Fact.ACCOUNT), "amount", "0.50"), "");
    }

    private static void hold(Story story, int number) {
        var key = "demo-hold-" + story.run() + "-" + number;
        var amount = Map.of("amount", "0.02", "reason", "a job");
        var hold = text(story.wallets().post(wallet(story) + "/holds", amount, key), "holdId");
        story.wallets().post(wallet(story) + "/holds/" + hold + "/capture", Map.of("amount", "0.01"), key + "-end");
    }

    private static void grant(Story story, int number) {
        var gift = Map.of("amount", "0.10", "reason", "a gift");
        story.wallets().post(wallet(story) + "/grants", gift, "demo-gift-" + story.run() + "-" + number);
    }

    private static void correct(Story story, int number) {
        var correction = Map.of(
                "account", story.recall(Fact.ACCOUNT),
                "source", CloudEvents.source(story),
                "id", "batch-" + number,
                "replacement", Map.of("value", "0.5"),
                "reason", "reported twice as high");
        story.corrections().post("/v1/usage/corrections", correction, "demo-fix-" + story.run() + "-" + number);
    }

    private static void lookAtTheWallet(Story story) {
        var api = story.wallets();
        List.of("", "/grants", "/ledger?limit=50").forEach(what -> api.get(wallet(story) + what));
    }

    private static void lookAtReports(Story story) {
        REPORTS.forEach(report -> story.reports().get("/v1/reports/" + report));
    }

    private static void sell(Story story) {
        SALE.forEach(step -> step.perform(story));
    }

    private static String wallet(Story story) {
        return "/v1/wallets/" + story.recall(Fact.WALLET);
    }
}
