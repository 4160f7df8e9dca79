package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whether each event of usage that was acknowledged counts, once, for what it is worth. */
final class UsageChecks {

    private final Sent sent;
    private final Map<String, List<Drawn>> drawn = new HashMap<>();

    /** A line, and whose wallet it is on. */
    private record Drawn(String account, UsageLine line) {}

    UsageChecks(WalletTopic topic, Sent sent) {
        this.sent = sent;
        topic.all(UsageDrawnDown.class)
                .forEach(event -> event.getLines()
                        .forEach(line -> drawn.computeIfAbsent(line.getId(), _ -> new ArrayList<>())
                                .add(new Drawn(event.getAccountId(), line))));
    }

    List<Check> all(TopicReader reader) {
        return Stream.concat(Stream.of(acceptedOnce(reader)), ofTheLedger().stream())
                .toList();
    }

    List<Check> ofTheLedger() {
        return List.of(drawnOnce(), nothingElse(), worthWhatItCosts(), sums());
    }

    private Check acceptedOnce(TopicReader reader) {
        var positions = new HashMap<String, Set<String>>();
        for (var record : reader.read(Topic.USAGE_ACCEPTED)) {
            var usage = (UsageAccepted) record.value();
            positions
                    .computeIfAbsent(usage.getId(), _ -> new HashSet<>())
                    .add(usage.getSourcePartition() + "-" + usage.getSourceOffset());
        }
        var violations = new ArrayList<String>();
        sent.usage().keySet().stream()
                .filter(id -> !positions.containsKey(id))
                .forEach(id -> violations.add(id + " was acknowledged and is not accepted"));
        positions.forEach((id, places) -> {
            if (places.size() > 1) {
                violations.add(id + " was accepted from the positions " + places);
            }
        });
        return new Check("Acknowledged usage is accepted from one position", positions.size(), violations);
    }

    private Check drawnOnce() {
        var violations = new ArrayList<String>();
        sent.usage().keySet().forEach(id -> {
            var lines = drawn.getOrDefault(id, List.of()).size();
            if (lines != 1) {
                violations.add(id + " is drawn down " + lines + " times");
            }
        });
        return new Check(
                "Acknowledged usage is drawn down exactly once", sent.usage().size(), violations);
    }

    private Check nothingElse() {
        var violations = drawn.keySet().stream()
                .filter(id -> !sent.usage().containsKey(id))
                .map(id -> id + " is drawn down and was never acknowledged, or is worth nothing")
                .toList();
        return new Check("Nothing else is drawn down", sent.worthless().size(), violations);
    }

    private Check worthWhatItCosts() {
        var violations = new ArrayList<String>();
        sent.usage()
                .values()
                .forEach(usage -> drawn.getOrDefault(usage.id(), List.of()).forEach(found -> {
                    if (!isRight(usage, found)) {
                        violations.add(usage + " is on the ledger as " + found);
                    }
                }));
        return new Check(
                "It is on the right wallet, for quantity times price",
                sent.usage().size(),
                violations);
    }

    private static boolean isRight(Sent.Usage usage, Drawn found) {
        var line = found.line();
        return found.account().equals(usage.account())
                && line.getMeterId().equals(Catalogue.meterId(usage.meter()))
                && Amounts.equal(new BigDecimal(line.getQuantity()), usage.quantity())
                && Amounts.equal(new BigDecimal(line.getAmount()), cost(usage));
    }

    private static BigDecimal cost(Sent.Usage usage) {
        return usage.quantity().multiply(Catalogue.unitPrice(usage.meter()));
    }

    private Check sums() {
        var expected = new HashMap<String, BigDecimal>();
        sent.usage().values().forEach(usage -> expected.merge(usage.account(), cost(usage), BigDecimal::add));
        var found = new HashMap<String, BigDecimal>();
        drawn.values().stream()
                .flatMap(List::stream)
                .forEach(each ->
                        found.merge(each.account(), new BigDecimal(each.line().getAmount()), BigDecimal::add));
        var violations = expected.entrySet().stream()
                .filter(sum -> !Amounts.equal(sum.getValue(), found.getOrDefault(sum.getKey(), BigDecimal.ZERO)))
                .map(sum -> sum.getKey() + " used " + sum.getValue() + " and was drawn down " + found.get(sum.getKey()))
                .toList();
        return new Check("Each account's lines sum to what was sent", expected.size(), violations);
    }
}
