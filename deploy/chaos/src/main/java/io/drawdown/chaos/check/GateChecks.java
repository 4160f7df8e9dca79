package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.ChaosMeter;
import io.drawdown.chaos.load.Sent;
import io.drawdown.chaos.load.Sent.Correction;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What the gate says of usage and its corrections, beside what was sent. */
final class GateChecks {

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

    List<Check> all(AcceptedUsage accepted) {
        return List.of(judged(accepted), totals());
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

    private Check totals() {
        var expected = new HashMap<String, BigDecimal>();
        sent.usage()
                .values()
                .forEach(usage -> expected.merge(
                        usage.account() + " " + usage.meter(),
                        correctingOf(usage).counts(),
                        BigDecimal::add));
        var violations = new ArrayList<String>();
        for (var account : accounts.ids()) {
            for (var meter : catalogue.meterIds().keySet()) {
                var total = total(account, meter);
                var sum = expected.getOrDefault(account + " " + meter, BigDecimal.ZERO);
                if (!Amounts.equal(total, sum)) {
                    violations.add(account + " used " + sum + " of " + meter + ", and the gate's totals say " + total);
                }
            }
        }
        return new Check("The gate's totals are what was sent, as corrected", expected.size(), violations);
    }

    private Correcting correctingOf(Sent.Usage usage) {
        return corrected.getOrDefault(usage.id(), Correcting.none(usage));
    }

    /** Of last month and this one. */
    private BigDecimal total(String account, ChaosMeter meter) {
        var month = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);
        var usage = gate.apply("/v1/usage?account=%s&meter=%s&window=month&from=%sT00:00:00Z&to=%sT00:00:00Z"
                .formatted(account, catalogue.meterId(meter), month.minusMonths(1), month.plusMonths(1)));
        return Amounts.sum(
                usage.path("data").values().stream().map(GateChecks::valueOf).toList());
    }

    private static BigDecimal valueOf(JsonNode window) {
        return new BigDecimal(window.path("value").asString("0"));
    }
}
