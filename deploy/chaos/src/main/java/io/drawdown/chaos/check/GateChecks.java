package io.drawdown.chaos.check;

import io.drawdown.chaos.check.LocalClock.Window;
import io.drawdown.chaos.check.WindowedUse.Key;
import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.Sent;
import io.drawdown.chaos.load.Sent.Correction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the gate says of usage and its corrections, beside what was sent. */
final class GateChecks {

    /** Nothing that counts is older. */
    private static final Duration OLDEST = Duration.ofDays(35);

    private final Sent sent;
    private final Accounts accounts;
    private final Catalogue catalogue;
    private final Function<String, JsonNode> gate;
    private final Map<String, Correcting> corrected;

    /** @param gate what it answers on a path */
    GateChecks(Sent sent, Accounts accounts, Catalogue catalogue, Function<String, JsonNode> gate) {
        this.sent = sent;
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.gate = gate;
        this.corrected = Correcting.of(sent.corrections());
    }

    List<Check> all(AcceptedUsage accepted, WindowedUse used, Instant now) {
        return List.of(judged(accepted), occurred(accepted), totals(used, now));
    }

    private Check judged(AcceptedUsage accepted) {
        var inTheLog = accepted.corrections();
        var violations = new ArrayList<String>();
        corrected.values().forEach(correcting -> {
            for (var correction : correcting.followed()) {
                if (inTheLog.getOrDefault(correction.id(), List.of()).size() != 1) {
                    violations.add(correction + " is accepted "
                            + inTheLog.getOrDefault(correction.id(), List.of()).size() + " times");
                }
                expectStatus(correction, "corrected", violations);
            }
            for (var correction : correcting.refused()) {
                if (inTheLog.containsKey(correction.id())) {
                    violations.add(correction + " is accepted although the usage is void or was never accepted");
                }
                expectStatus(correction, "refused", violations);
            }
        });
        return new Check(
                "Each correction is judged once, by those before it, and its answer says so",
                sent.corrections().size(),
                violations);
    }

    private void expectStatus(Correction correction, String expected, List<String> violations) {
        var shown = gate.apply("/v1/usage/corrections/" + correction.id());
        var status = shown.path("status").asString("");
        if (!status.equals(expected)) {
            violations.add(correction + " is " + status + " and not " + expected + ": " + shown.path("refusal"));
        }
    }

    /** The totals and the ledger go by the gate's word. */
    private Check occurred(AcceptedUsage accepted) {
        var events = accepted.inOrder().stream()
                .filter(event -> sent.usage().containsKey(event.getId()))
                .toList();
        var violations = events.stream()
                .filter(event -> !sent.hasSaid(event.getId(), event.getOccurredAt()))
                .map(event -> event.getId() + " is accepted as of " + event.getOccurredAt() + ", which nobody has said")
                .toList();
        return new Check("Usage is accepted as of when it was said to have occurred", events.size(), violations);
    }

    private Check totals(WindowedUse used, Instant now) {
        var violations = new ArrayList<String>();
        var looked = 0L;
        for (var window : Window.values()) {
            var shown = shown(window, now);
            var expected = values(used.in(window));
            looked += expected.size();
            compare(window, expected, shown, violations);
        }
        return new Check(
                "The gate's totals are what was sent, as corrected, by each account's hours, days and months",
                looked,
                violations);
    }

    private static Map<Key, BigDecimal> values(Map<Key, Total> totals) {
        var values = new HashMap<Key, BigDecimal>();
        totals.forEach((key, total) -> values.put(key, total.value()));
        return values;
    }

    /** What is not there is nothing. */
    private void compare(
            Window window, Map<Key, BigDecimal> expected, Map<Key, BigDecimal> shown, List<String> violations) {
        Stream.concat(expected.keySet().stream(), shown.keySet().stream())
                .distinct()
                .forEach(key -> {
                    var used = expected.getOrDefault(key, BigDecimal.ZERO);
                    var said = shown.getOrDefault(key, BigDecimal.ZERO);
                    if (!Amounts.equal(used, said)) {
                        violations.add("%s used %s of %s in the %s from %s, and the gate's totals say %s"
                                .formatted(key.account(), used, meterOf(key), nameOf(window), key.start(), said));
                    }
                });
    }

    private Object meterOf(Key key) {
        return catalogue.meter(key.meterId()).map(Object.class::cast).orElse(key.meterId());
    }

    private static String nameOf(Window window) {
        return window.name().toLowerCase(Locale.ROOT);
    }

    private Map<Key, BigDecimal> shown(Window window, Instant now) {
        var shown = new HashMap<Key, BigDecimal>();
        for (var account : accounts.ids()) {
            for (var meterId : catalogue.meterIds().values()) {
                entries(window, account, meterId, now)
                        .forEach(entry -> shown.put(new Key(account, meterId, startOf(entry)), valueOf(entry)));
            }
        }
        return shown;
    }

    private Collection<JsonNode> entries(Window window, String account, String meterId, Instant now) {
        var clock = LocalClock.of(accounts, account);
        return gate.apply("/v1/usage?account=%s&meter=%s&window=%s&from=%s&to=%s"
                        .formatted(
                                account,
                                meterId,
                                nameOf(window),
                                clock.startOf(window, now.minus(OLDEST)),
                                clock.endOf(window, now)))
                .path("data")
                .values();
    }

    private static Instant startOf(JsonNode entry) {
        return Instant.parse(entry.path("start").asString(""));
    }

    private static BigDecimal valueOf(JsonNode entry) {
        return new BigDecimal(entry.path("value").asString("0"));
    }
}
