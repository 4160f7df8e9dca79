package io.drawdown.chaos.check;

import static io.drawdown.chaos.check.LocalClock.Window.MONTH;

import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What usage of a wallet has burned so far, and which grants have repaid overdraft: where credit comes back to. Where a cost is
 * that of a month's total, the total has burned; else each usage event has.
 */
final class Consumption {

    private static final Burning.Share NOTHING = new Burning.Share(Map.of(), BigDecimal.ZERO);

    private final Map<String, Burning.Share> burned = new HashMap<>();
    private final Map<String, BigDecimal> repaid = new HashMap<>();
    private final LocalClock clock;

    Consumption(LocalClock clock) {
        this.clock = clock;
    }

    void drawDown(UsageDrawnDown drawn, List<Burning.Share> shares) {
        for (int i = 0; i < shares.size(); i++) {
            burned.merge(key(drawn.getLines().get(i)), shares.get(i), Consumption::sum);
        }
    }

    void takeMore(UsageAdjusted adjusted, Burning.Share share) {
        burned.merge(key(adjusted), share, Consumption::sum);
    }

    private static Burning.Share sum(Burning.Share one, Burning.Share other) {
        var taken = new HashMap<>(one.taken());
        other.taken().forEach((grant, amount) -> taken.merge(grant, amount, BigDecimal::add));
        return new Burning.Share(taken, one.uncovered().add(other.uncovered()));
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
        burned.put(key(adjusted), new Burning.Share(left, before.uncovered().subtract(uncovered)));
    }

    private Burning.Share of(UsageAdjusted adjusted) {
        return burned.getOrDefault(key(adjusted), NOTHING);
    }

    private String key(UsageLine line) {
        return line.getRunningTotal() == null
                ? line.getSource() + " " + line.getId()
                : total(line.getMeterId(), line.getPriceId(), line.getOccurredAt());
    }

    private String key(UsageAdjusted adjusted) {
        var measure = adjusted.getAfter() == null ? adjusted.getBefore() : adjusted.getAfter();
        return measure == null || adjusted.getRunningTotal() == null
                ? adjusted.getSource() + " " + adjusted.getId()
                : total(adjusted.getMeterId(), measure.getPriceId(), measure.getOccurredAt());
    }

    private String total(String meterId, String priceId, Instant occurredAt) {
        return meterId + " " + priceId + " " + clock.startOf(MONTH, occurredAt);
    }

    /** @param repaid to grants that had repaid overdraft */
    record Comeback(Map<String, BigDecimal> burned, Map<String, BigDecimal> repaid, BigDecimal overdraft) {}
}
