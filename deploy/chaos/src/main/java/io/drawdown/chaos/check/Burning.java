package io.drawdown.chaos.check;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the burn order says that amounts have to be taken from.
 *
 * @param taken by grant, in burn order
 * @param uncovered what no grant pays
 */
record Burning(Map<String, BigDecimal> taken, BigDecimal uncovered) {

    /** An amount, and what it is spent on; null for nothing in particular. */
    record Need(BigDecimal amount, @Nullable String meterId) {}

    /** @param inBurnOrder all there are; they are not changed */
    static Burning of(Stream<Need> needs, List<Credit> inBurnOrder, Instant at) {
        var taken = new HashMap<String, BigDecimal>();
        var uncovered = BigDecimal.ZERO;
        for (var need : needs.toList()) {
            uncovered = uncovered.add(take(need, inBurnOrder, at, taken));
        }
        var inOrder = new LinkedHashMap<String, BigDecimal>();
        inBurnOrder.stream()
                .filter(credit -> taken.containsKey(credit.id()))
                .forEach(credit -> inOrder.put(credit.id(), taken.getOrDefault(credit.id(), BigDecimal.ZERO)));
        return new Burning(inOrder, uncovered);
    }

    private static BigDecimal take(Need need, List<Credit> credits, Instant at, Map<String, BigDecimal> taken) {
        var open = need.amount();
        for (var credit : credits) {
            var left = credit.left().subtract(taken.getOrDefault(credit.id(), BigDecimal.ZERO));
            if (open.signum() > 0 && left.signum() > 0 && credit.pays(need.meterId(), at)) {
                var part = open.min(left);
                taken.merge(credit.id(), part, BigDecimal::add);
                open = open.subtract(part);
            }
        }
        return open;
    }
}
