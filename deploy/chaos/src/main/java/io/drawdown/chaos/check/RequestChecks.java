package io.drawdown.chaos.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.drawdown.chaos.load.Sent;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.HoldEnd;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Whether what was answered with success is on the ledger once, and what was refused is not. */
final class RequestChecks {

    private final WalletTopic topic;
    private final Sent sent;

    RequestChecks(WalletTopic topic, Sent sent) {
        this.topic = topic;
        this.sent = sent;
    }

    List<Check> all() {
        return List.of(grants(), holds(), captures(), releases(), voidings(), topUps(), policies());
    }

    private Check grants() {
        var given = topic.all(CreditGranted.class).stream()
                .filter(event -> event.getKind() == GrantKind.PROMOTIONAL && event.getBonusOf() == null)
                .toList();
        var expected = new HashMap<String, BigDecimal>();
        sent.grants().forEach(grant -> expected.put(grant.key(), grant.amount()));
        return exactly(
                "A grant that was answered is given once",
                expected,
                amounts(given, event -> String.valueOf(event.getReason()), event -> Amounts.of(event.getAmount())));
    }

    private Check holds() {
        var expected = new HashMap<String, BigDecimal>();
        sent.holds().stream().filter(Sent.Hold::taken).forEach(hold -> expected.put(hold.key(), hold.amount()));
        return exactly(
                "A hold that was answered is placed once, a refused one never",
                expected,
                amounts(
                        topic.all(HoldPlaced.class),
                        event -> String.valueOf(event.getReason()),
                        event -> Amounts.of(event.getAmount())));
    }

    private Check captures() {
        var expected = new HashMap<String, BigDecimal>();
        sent.captures().stream()
                .filter(Sent.Capture::taken)
                .forEach(capture -> expected.put(capture.key(), capture.amount()));
        return exactly(
                "A capture that was answered is taken once, a refused one never",
                expected,
                amounts(
                        topic.all(HoldCaptured.class),
                        event -> String.valueOf(event.getReason()),
                        event -> Amounts.of(event.getAmount())));
    }

    private Check releases() {
        var released = topic.all(HoldReleased.class).stream()
                .filter(event -> event.getEnd() == HoldEnd.RELEASED)
                .toList();
        var expected = new HashMap<String, BigDecimal>();
        var found = amounts(released, HoldReleased::getHoldId, _ -> BigDecimal.ONE);
        sent.releases().stream()
                .filter(Sent.Release::taken)
                .forEach(release -> expected.put(release.holdId(), BigDecimal.ONE));
        return exactly("A release that was answered happens once, a refused one never", expected, found);
    }

    private Check voidings() {
        var expected = new HashMap<String, BigDecimal>();
        sent.voidings().stream()
                .filter(Sent.Voiding::taken)
                .forEach(voiding -> expected.put(voiding.key(), BigDecimal.ONE));
        return exactly(
                "A grant that was taken back is taken back once",
                expected,
                amounts(topic.all(GrantVoided.class), GrantVoided::getReason, _ -> BigDecimal.ONE));
    }

    private Check topUps() {
        var asked = topic.all(ReplenishRequested.class).stream()
                .filter(ReplenishRequested::getManual)
                .toList();
        var expected = new HashMap<String, BigDecimal>();
        sent.topUps().stream()
                .filter(topUp -> topUp.replenishmentId() != null)
                .forEach(topUp -> expected.put(topUp.replenishmentId(), topUp.amount()));
        return exactly(
                "A top-up that was answered is asked for once",
                expected,
                amounts(asked, ReplenishRequested::getReplenishmentId, event -> Amounts.of(event.getAmount())));
    }

    /** Perhaps several times: what was answered is sent again at times, and another change may stand between. */
    private Check policies() {
        var recorded = topic.all(ReplenishmentPolicyChanged.class).stream()
                .map(event -> new Sent.Policy(event.getWalletId(), new BigDecimal(event.getThreshold())))
                .collect(toSet());
        var violations = sent.policies().stream()
                .filter(policy -> !recorded.contains(policy))
                .map(policy -> policy + " was answered and is not on the ledger")
                .toList();
        return new Check(
                "A policy that was answered is on the ledger", sent.policies().size(), violations);
    }

    private static <E> Map<String, List<BigDecimal>> amounts(
            Collection<E> events, Function<E, String> key, Function<E, BigDecimal> amount) {
        return events.stream()
                .collect(groupingBy(
                        key, java.util.stream.Collectors.mapping(amount, java.util.stream.Collectors.toList())));
    }

    static Check exactly(String name, Map<String, BigDecimal> expected, Map<String, List<BigDecimal>> found) {
        var violations = new ArrayList<String>();
        expected.forEach((key, amount) -> {
            var amounts = found.getOrDefault(key, List.of());
            if (amounts.size() != 1 || !Amounts.equal(amounts.getFirst(), amount)) {
                violations.add(key + " was answered with " + amount + " and is on the ledger with " + amounts);
            }
        });
        found.keySet().stream()
                .filter(key -> !expected.containsKey(key))
                .forEach(key -> violations.add(key + " is on the ledger and was not answered with success"));
        return new Check(name, expected.size(), violations);
    }
}
