package io.drawdown.chaos.check;

import static java.util.stream.Collectors.toMap;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.demo.client.Refused;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.JsonNode;

/** Whether the reports, which are made from the log alone, tell of each wallet what its events do. */
final class ReportChecks {

    private static final String PATH = "/v1/reports/wallets";
    private static final String CURRENCY = "USD";

    private final WalletTopic topic;
    private final Accounts accounts;
    private final Function<String, JsonNode> reporting;

    /** @param reporting what reporting-service answers to GET of a path */
    ReportChecks(WalletTopic topic, Accounts accounts, Function<String, JsonNode> reporting) {
        this.topic = topic;
        this.accounts = accounts;
        this.reporting = reporting;
    }

    /** No answer is a violation as well, so that whoever waits for a report goes on to ask. */
    Check wallets() {
        var expected = expected();
        var violations = new ArrayList<String>();
        try {
            compare(expected, reporting.apply(PATH), violations);
        } catch (Refused | UncheckedIOException noReport) {
            violations.add("There is no report: " + noReport.getMessage());
        }
        return new Check("Reports that are made from the log show the same wallets", expected.size(), violations);
    }

    private static void compare(
            Map<String, Map<String, BigDecimal>> expected, JsonNode report, List<String> violations) {
        var rows = report.path("rows").values().stream()
                .collect(toMap(row -> row.path("walletId").asString(""), row -> row, (one, _) -> one));
        expected.forEach((wallet, figures) -> {
            var row = rows.remove(wallet);
            if (row == null) {
                violations.add(wallet + " is in no report");
            } else {
                compare(wallet, figures, row, violations);
            }
        });
        rows.keySet().forEach(wallet -> violations.add(wallet + " is reported, and nobody has opened it"));
        compareTotals(expected, report.path("totals").values(), violations);
    }

    private static void compare(String wallet, Map<String, BigDecimal> figures, JsonNode row, List<String> violations) {
        figures.forEach((name, figure) -> compare(wallet, name, figure, row, violations));
        if (!row.path("complete").booleanValue()) {
            violations.add(wallet + " is reported without one of its events");
        }
        if (!row.path("pendingReplenishment").isNull()) {
            violations.add(wallet + " is reported to wait for " + row.path("pendingReplenishment"));
        }
    }

    private static void compare(String whose, String name, BigDecimal figure, JsonNode shown, List<String> violations) {
        var said = new BigDecimal(shown.path(name).asString("0"));
        if (!Amounts.equal(figure, said)) {
            violations.add("%s is reported with %s %s, and the topic says %s".formatted(whose, name, said, figure));
        }
    }

    private static void compareTotals(
            Map<String, Map<String, BigDecimal>> wallets, Collection<JsonNode> totals, List<String> violations) {
        var byCurrency = totals.stream()
                .collect(toMap(total -> total.path("currency").asString(""), total -> total, (one, _) -> one));
        var total = byCurrency.remove(CURRENCY);
        if (total == null) {
            violations.add("All of " + CURRENCY + " is in no report");
        } else {
            compareTotal(wallets.values(), total, violations);
        }
        byCurrency.keySet().forEach(currency -> violations.add(currency + " is reported, which nobody has"));
    }

    private static void compareTotal(
            Collection<Map<String, BigDecimal>> wallets, JsonNode total, List<String> violations) {
        var settled = wallets.stream()
                .map(figures -> figures.getOrDefault("settled", BigDecimal.ZERO))
                .toList();
        var owed = settled.stream().map(BigDecimal::negate).toList();
        compare("All of " + CURRENCY, "wallets", BigDecimal.valueOf(wallets.size()), total, violations);
        compare("All of " + CURRENCY, "credit", sumAbove(settled), total, violations);
        compare("All of " + CURRENCY, "overdraft", sumAbove(owed), total, violations);
    }

    private static BigDecimal sumAbove(List<BigDecimal> amounts) {
        return Amounts.sum(
                amounts.stream().filter(amount -> amount.signum() > 0).toList());
    }

    /** By wallet, each figure by its name in the report. */
    private Map<String, Map<String, BigDecimal>> expected() {
        var expected = new TreeMap<String, Map<String, BigDecimal>>();
        WalletFold.ofAll(topic, accounts).forEach((wallet, fold) -> {
            var figures = new TreeMap<String, BigDecimal>(Map.of(
                    "settled", fold.settled(),
                    "granted", BigDecimal.ZERO,
                    "paid", BigDecimal.ZERO,
                    "drawnDown", BigDecimal.ZERO));
            topic.eventsOf(wallet).forEach(event -> count(event, figures));
            expected.put(wallet, figures);
        });
        return expected;
    }

    private static void count(SpecificRecord event, Map<String, BigDecimal> figures) {
        switch (event) {
            case CreditGranted granted -> {
                add(figures, "granted", Amounts.of(granted.getAmount()));
                add(figures, "paid", Amounts.of(granted.getCostBasis()));
            }
            case CreditClawedBack clawed -> {
                var credit = Amounts.of(clawed.getAmount()).add(new BigDecimal(clawed.getLost()));
                add(figures, "granted", credit.negate());
                add(figures, "paid", Amounts.of(clawed.getCostBasis()).negate());
            }
            case CreditGivenBack given -> {
                add(figures, "granted", Amounts.of(given.getAmount()).add(new BigDecimal(given.getLost())));
                add(figures, "paid", Amounts.of(given.getCostBasis()));
            }
            case UsageDrawnDown drawn -> add(figures, "drawnDown", new BigDecimal(drawn.getTotal()));
            case UsageAdjusted adjusted -> add(figures, "drawnDown", new BigDecimal(adjusted.getAmount()));
            case HoldCaptured captured -> add(figures, "drawnDown", Amounts.of(captured.getAmount()));
            default -> {}
        }
    }

    private static void add(Map<String, BigDecimal> figures, String name, BigDecimal amount) {
        figures.merge(name, amount, BigDecimal::add);
    }
}
