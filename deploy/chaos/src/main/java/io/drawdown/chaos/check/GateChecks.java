package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.Sent;
import io.drawdown.chaos.load.Sent.Correction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
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
        return List.of(judged(accepted), totals(accepted));
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

    private Check totals(AcceptedUsage accepted) {
        var used = MonthlyUse.of(accepted, catalogue, sent);
        var violations = new ArrayList<String>();
        for (var account : accounts.ids()) {
            catalogue
                    .meterIds()
                    .forEach((meter, meterId) -> shown(account, meterId).forEach((month, value) -> {
                        var expected = used.of(new MonthlyUse.Key(account, meterId, month));
                        if (!Amounts.equal(expected, value)) {
                            violations.add(account + " used " + expected + " of " + meter + " in " + month
                                    + ", and the gate's totals say " + value);
                        }
                    }));
        }
        return new Check(
                "The gate's totals are what was sent, as corrected",
                used.totals().size(),
                violations);
    }

    /** Last month and this one; nothing where nothing is shown. */
    private Map<YearMonth, BigDecimal> shown(String account, String meterId) {
        var now = YearMonth.now(ZoneOffset.UTC);
        var usage = gate.apply("/v1/usage?account=%s&meter=%s&window=month&from=%s-01T00:00:00Z&to=%s-01T00:00:00Z"
                .formatted(account, meterId, now.minusMonths(1), now.plusMonths(1)));
        var months =
                new HashMap<YearMonth, BigDecimal>(Map.of(now.minusMonths(1), BigDecimal.ZERO, now, BigDecimal.ZERO));
        usage.path("data").values().forEach(window -> months.put(monthOf(window), valueOf(window)));
        return months;
    }

    private static YearMonth monthOf(JsonNode window) {
        return YearMonth.from(Instant.parse(window.path("start").asString("")).atZone(ZoneOffset.UTC));
    }

    private static BigDecimal valueOf(JsonNode window) {
        return new BigDecimal(window.path("value").asString("0"));
    }
}
