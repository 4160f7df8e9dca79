package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Accounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Whether every wallet follows from its events, and every interface says the same. */
final class WalletChecks {

    private static final String PAGE = "/ledger?limit=1000";

    private final WalletTopic topic;
    private final Accounts accounts;
    private final SequencedMap<String, Instance> instances;
    private final Map<String, WalletFold> folds;

    /**
     * What one instance of wallet-service answers.
     *
     * @param shown to GET of a path
     * @param verified line by line, when it compares memory and snapshots with the log
     */
    record Instance(Function<String, JsonNode> shown, Supplier<List<JsonNode>> verified) {}

    /** @param instances by their names; the first is asked for the entries of the ledgers */
    WalletChecks(WalletTopic topic, Accounts accounts, SequencedMap<String, Instance> instances) {
        this.topic = topic;
        this.accounts = accounts;
        this.instances = instances;
        this.folds = WalletFold.ofAll(topic, accounts);
    }

    List<Check> all() {
        return List.of(order(), rules(), RouteChecks.of(topic, accounts), balances(), ledger(), replays());
    }

    private Check order() {
        return new Check(
                "wallet.events.v1 has every event, in order, repeats unchanged", topic.repeats(), topic.violations());
    }

    private Check rules() {
        return new Check(
                "Each event follows from those before: balance, burn order, holds, caps, back-off",
                topic.all().size(),
                folds.values().stream()
                        .flatMap(fold -> fold.violations().stream())
                        .toList());
    }

    private Check balances() {
        var violations = new ArrayList<String>();
        instances.forEach((name, instance) -> folds.forEach(
                (wallet, fold) -> compare(name, instance.shown().apply("/v1/wallets/" + wallet), fold, violations)));
        return new Check("The interface of each instance shows the fold of the topic", folds.size(), violations);
    }

    private static void compare(String instance, JsonNode shown, WalletFold fold, List<String> violations) {
        var expected = Map.of(
                "settled", fold.settled(),
                "held", fold.held(),
                "overdraft", fold.overdraft(),
                "available", fold.availableAt(Instant.now()),
                "sequence", BigDecimal.valueOf(fold.sequence()));
        expected.forEach((field, value) -> {
            var said = field.equals("sequence")
                    ? BigDecimal.valueOf(shown.path(field).longValue())
                    : Amounts.of(shown.path(field));
            if (!Amounts.equal(value, said)) {
                violations.add("%s says of %s: %s %s, and the topic %s"
                        .formatted(instance, shown.path("walletId").asString(""), field, said, value));
            }
        });
    }

    private Check ledger() {
        var violations = new ArrayList<String>();
        var entries = 0L;
        for (var wallet : folds.entrySet()) {
            var sum = BigDecimal.ZERO;
            var count = 0L;
            for (var entry : entries(wallet.getKey())) {
                sum = sum.add(Amounts.of(entry.path("amount")));
                count++;
            }
            entries += count;
            if (!Amounts.equal(sum, wallet.getValue().settled())
                    || count != wallet.getValue().sequence() + 1) {
                violations.add("%s has %d entries that sum to %s, and the topic %d and %s"
                        .formatted(
                                wallet.getKey(),
                                count,
                                sum,
                                wallet.getValue().sequence() + 1,
                                wallet.getValue().settled()));
            }
        }
        return new Check("The entries of each ledger sum to its balance", entries, violations);
    }

    /** What each instance has in memory, and all snapshots, beside the log read from its beginning. */
    private Check replays() {
        var violations = new ArrayList<String>();
        var events = 0L;
        for (var instance : instances.entrySet()) {
            for (var line : instance.getValue().verified().get()) {
                switch (line.path("type").asString("")) {
                    case "difference" -> violations.add(instance.getKey() + " finds " + line);
                    case "end" -> events += line.path("events").longValue();
                    default -> {}
                }
            }
        }
        return new Check("Memory and snapshots are what a replay of the log gives, byte for byte", events, violations);
    }

    private List<JsonNode> entries(String wallet) {
        var shown = instances.firstEntry().getValue().shown();
        var entries = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = shown.apply("/v1/wallets/" + wallet + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            entries.addAll(page.path("data").values());
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return entries;
    }
}
