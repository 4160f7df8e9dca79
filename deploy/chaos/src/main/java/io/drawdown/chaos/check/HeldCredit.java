package io.drawdown.chaos.check;

import io.drawdown.events.wallet.HoldPlaced;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A hold as its events leave it. */
final class HeldCredit {

    private final Instant expiresAt;
    private final Map<String, BigDecimal> lots;
    private BigDecimal uncovered;

    HeldCredit(HoldPlaced placed) {
        expiresAt = placed.getExpiresAt();
        lots = new LinkedHashMap<>(Amounts.of(placed.getAllocations()));
        uncovered = new BigDecimal(placed.getOverdraft());
    }

    Instant expiresAt() {
        return expiresAt;
    }

    Map<String, BigDecimal> lots() {
        return lots;
    }

    BigDecimal covered() {
        return Amounts.sum(lots.values());
    }

    BigDecimal uncovered() {
        return uncovered;
    }

    BigDecimal amount() {
        return covered().add(uncovered);
    }

    /** What a capture of so much has to take, lots first; what they do not cover is not among it. */
    Map<String, BigDecimal> plan(BigDecimal amount) {
        var plan = new LinkedHashMap<String, BigDecimal>();
        var open = amount;
        for (var lot : lots.entrySet()) {
            var taken = open.min(lot.getValue());
            if (taken.signum() > 0) {
                plan.put(lot.getKey(), taken);
                open = open.subtract(taken);
            }
        }
        return plan;
    }

    void take(Map<String, BigDecimal> taken, BigDecimal ofUncovered) {
        taken.forEach((grant, amount) -> lots.computeIfPresent(grant, (_, held) -> less(held, amount)));
        uncovered = uncovered.subtract(ofUncovered);
    }

    private static BigDecimal less(BigDecimal held, BigDecimal amount) {
        return held.subtract(amount);
    }
}
