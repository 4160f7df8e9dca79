package io.drawdown.chaos.check;

import static java.util.stream.Collectors.groupingBy;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Sent;
import io.drawdown.chaos.load.Sent.PastBalance;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.JsonNode;

/** Whether the past stays as it was, and is what the topic says. */
final class PastChecks {

    /** Of a wallet's history, between which it is looked at. */
    private static final int PARTS = 4;

    private final WalletTopic topic;
    private final Accounts accounts;
    private final Sent sent;
    private final Map<String, Function<String, JsonNode>> instances;

    /** @param instances by name, what each answers on a path */
    PastChecks(WalletTopic topic, Accounts accounts, Sent sent, Map<String, Function<String, JsonNode>> instances) {
        this.topic = topic;
        this.accounts = accounts;
        this.sent = sent;
        this.instances = instances;
    }

    /** @param now when the last event was recorded, or later */
    List<Check> all(Instant now) {
        return List.of(unchanged(), folded(), statements(now));
    }

    private Check unchanged() {
        var violations = new ArrayList<String>();
        for (var balance : sent.pastBalances()) {
            instances.forEach((instance, api) -> {
                var again = api.apply(PastBalance.path(balance.wallet(), balance.at()));
                if (!again.equals(balance.answer())) {
                    violations.add(
                            "%s says %s, and %s was said to be final".formatted(instance, again, balance.answer()));
                }
            });
        }
        return new Check(
                "A balance of the past that was final is the same ever after",
                sent.pastBalances().size(),
                violations);
    }

    private Check folded() {
        var violations = new ArrayList<String>();
        var balances = Stream.concat(sent.pastBalances().stream(), asked()).collect(groupingBy(PastBalance::wallet));
        accounts.ids()
                .forEach(account -> accounts.walletsOf(account)
                        .forEach(wallet -> compare(
                                topic.eventsOf(wallet),
                                LocalClock.of(accounts, account),
                                balances.getOrDefault(wallet, List.of()),
                                violations)));
        return new Check(
                "A balance of the past is the fold of the events up to its instant",
                balances.values().stream().mapToLong(List::size).sum(),
                violations);
    }

    /** From within each wallet's time, whether that is closed by now or not. */
    private Stream<PastBalance> asked() {
        return accounts.ids().stream()
                .flatMap(account -> accounts.walletsOf(account).stream())
                .flatMap(wallet -> instants(topic.eventsOf(wallet))
                        .flatMap(at -> instances.values().stream()
                                .map(api -> new PastBalance(wallet, at, api.apply(PastBalance.path(wallet, at))))));
    }

    private static Stream<Instant> instants(List<SpecificRecord> events) {
        return IntStream.range(1, PARTS)
                .mapToObj(part -> events.size() * part / PARTS)
                .filter(number -> number < events.size())
                .map(number -> Header.of(events.get(number)).recordedAt());
    }

    private static void compare(
            List<SpecificRecord> events, LocalClock clock, List<PastBalance> balances, List<String> violations) {
        var inOrder =
                balances.stream().sorted(Comparator.comparing(PastBalance::at)).toList();
        try {
            WalletFold.past(
                    events,
                    clock,
                    inOrder.stream().map(PastBalance::at).toList(),
                    (fold, number) -> compare(inOrder.get(number), fold, violations));
        } catch (IllegalStateException senseless) {
            violations.add(String.valueOf(senseless.getMessage()));
        }
    }

    private static void compare(PastBalance balance, WalletFold fold, List<String> violations) {
        var expected = Map.of(
                "settled", fold.settled(),
                "held", fold.held(),
                "overdraft", fold.overdraft(),
                "available", fold.availableAt(balance.at()));
        expected.forEach((field, value) -> {
            if (!Amounts.equal(value, Amounts.of(balance.answer().path(field)))) {
                violations.add("%s had %s %s at %s, and was said to have %s"
                        .formatted(balance.wallet(), value, field, balance.at(), balance.answer()));
            }
        });
    }

    private Check statements(Instant now) {
        var violations = new ArrayList<String>();
        var entries = 0L;
        for (var fold : WalletFold.ofAll(topic, accounts).entrySet()) {
            var wallet = fold.getKey();
            var events = topic.eventsOf(wallet);
            if (events.isEmpty()) {
                continue;
            }
            var begin = Header.of(events.getFirst()).recordedAt();
            var path = "/v1/wallets/%s/statements?from=%s&to=%s".formatted(wallet, begin, now);
            entries += events.size();
            instances.forEach((instance, api) -> compare(
                    instance + " on " + wallet,
                    api.apply(path),
                    events,
                    fold.getValue().settled(),
                    violations));
        }
        return new Check("A statement of all that happened is what the topic says", entries, violations);
    }

    private static void compare(
            String what, JsonNode statement, List<SpecificRecord> events, BigDecimal settled, List<String> violations) {
        var expected = Moved.by(events);
        var said = new TreeMap<String, BigDecimal>();
        statement
                .path("movements")
                .forEach(each ->
                        said.merge(each.path("kind").asString(""), Amounts.of(each.path("amount")), BigDecimal::add));
        if (!Amounts.equal(expected, said)) {
            violations.add("%s: %s moved it, and the statement says %s".formatted(what, expected, said));
        }
        if (!Amounts.equal(Amounts.of(statement.path("opening")), BigDecimal.ZERO)
                || !Amounts.equal(Amounts.of(statement.path("closing")), settled)) {
            violations.add("%s: from nothing to %s, and the statement leads from %s to %s"
                    .formatted(what, settled, statement.path("opening"), statement.path("closing")));
        }
        if (statement.path("entries").longValue() != events.size()) {
            violations.add("%s: %d entries, and the statement has %s"
                    .formatted(what, events.size(), statement.path("entries")));
        }
    }
}
