package io.drawdown.chaos.check;

import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each usage event of a wallet has burned so far, and which grants have repaid overdraft: where credit comes back to. */
final class Consumption {

    private final Map<String, Burning.Share> byUsage = new HashMap<>();
    private final Map<String, BigDecimal> repaid = new HashMap<>();

    void drawDown(UsageDrawnDown drawn, List<Burning.Share> shares) {
        for (int i = 0; i < shares.size(); i++) {
            var line = drawn.getLines().get(i);
            byUsage.put(key(line.getSource(), line.getId()), shares.get(i));
        }
    }

    void takeMore(UsageAdjusted adjusted, Burning.Share share) {
        var before = of(adjusted);
        var taken = new HashMap<>(before.taken());
        share.taken().forEach((grant, amount) -> taken.merge(grant, amount, BigDecimal::add));
        put(adjusted, taken, before.uncovered().add(share.uncovered()));
    }

    void repay(String grantId, BigDecimal amount) {
        repaid.merge(grantId, amount, BigDecimal::add);
    }

    /**
     * Where so much has to go back to: first what no grant had covered, to the overdraft or to whatever has repaid that, then
     * what burns last.
     */
    Comeback comeBack(UsageAdjusted adjusted, BigDecimal amount, BigDecimal overdraft, Comparator<String> burnOrder) {
        var before = of(adjusted);
        var uncovered = amount.min(before.uncovered());
        var offOverdraft = uncovered.min(overdraft);
        return new Comeback(
                last(before.taken(), amount.subtract(uncovered), burnOrder),
                last(repaid, uncovered.subtract(offOverdraft), burnOrder),
                offOverdraft);
    }

    private static Map<String, BigDecimal> last(
            Map<String, BigDecimal> lots, BigDecimal amount, Comparator<String> burnOrder) {
        var parts = new LinkedHashMap<String, BigDecimal>();
        var open = amount;
        for (var grant : lots.keySet().stream().sorted(burnOrder.reversed()).toList()) {
            var part = open.min(lots.getOrDefault(grant, BigDecimal.ZERO));
            if (part.signum() > 0) {
                parts.put(grant, part);
                open = open.subtract(part);
            }
        }
        return parts;
    }

    void follow(UsageAdjusted adjusted, Comeback comeback) {
        var before = of(adjusted);
        var left = new HashMap<>(before.taken());
        comeback.burned().forEach((grant, amount) -> left.merge(grant, amount.negate(), BigDecimal::add));
        comeback.repaid().forEach((grant, amount) -> repaid.merge(grant, amount.negate(), BigDecimal::add));
        var uncovered = comeback.overdraft().add(Amounts.sum(comeback.repaid().values()));
        put(adjusted, left, before.uncovered().subtract(uncovered));
    }

    private Burning.Share of(UsageAdjusted adjusted) {
        return byUsage.getOrDefault(
                key(adjusted.getSource(), adjusted.getId()), new Burning.Share(Map.of(), BigDecimal.ZERO));
    }

    private void put(UsageAdjusted adjusted, Map<String, BigDecimal> taken, BigDecimal uncovered) {
        byUsage.put(key(adjusted.getSource(), adjusted.getId()), new Burning.Share(taken, uncovered));
    }

    private static String key(String source, String id) {
        return source + " " + id;
    }

    /** @param repaid to grants that had repaid overdraft */
    record Comeback(Map<String, BigDecimal> burned, Map<String, BigDecimal> repaid, BigDecimal overdraft) {}
}
