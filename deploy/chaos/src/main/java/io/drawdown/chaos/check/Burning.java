package io.drawdown.chaos.check;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the burn order says that amounts have to be taken from.
 *
 * @param shares what each amount takes, in their order
 * @param taken by all of them together, by grant, in burn order
 * @param uncovered what no grant pays
 */
record Burning(List<Share> shares, Map<String, BigDecimal> taken, BigDecimal uncovered) {

    /** An amount, and what it is spent on; null for nothing in particular. */
    record Need(BigDecimal amount, @Nullable String meterId) {}

    /** What one amount takes, by grant, and what no grant pays of it. */
    record Share(Map<String, BigDecimal> taken, BigDecimal uncovered) {}

    /** @param inBurnOrder all there are; they are not changed */
    static Burning of(Stream<Need> needs, List<Credit> inBurnOrder, Instant at) {
        var taken = new HashMap<String, BigDecimal>();
        var shares = new ArrayList<Share>();
        needs.forEach(need -> shares.add(take(need, inBurnOrder, at, taken)));
        var inOrder = new LinkedHashMap<String, BigDecimal>();
        inBurnOrder.stream()
                .filter(credit -> taken.containsKey(credit.id()))
                .forEach(credit -> inOrder.put(credit.id(), taken.getOrDefault(credit.id(), BigDecimal.ZERO)));
        return new Burning(
                shares,
                inOrder,
                Amounts.sum(shares.stream().map(Share::uncovered).toList()));
    }

    private static Share take(Need need, List<Credit> credits, Instant at, Map<String, BigDecimal> taken) {
        var open = need.amount();
        var own = new LinkedHashMap<String, BigDecimal>();
        for (var credit : credits) {
            var left = credit.left().subtract(taken.getOrDefault(credit.id(), BigDecimal.ZERO));
            if (open.signum() > 0 && left.signum() > 0 && credit.pays(need.meterId(), at)) {
                var part = open.min(left);
                taken.merge(credit.id(), part, BigDecimal::add);
                own.put(credit.id(), part);
                open = open.subtract(part);
            }
        }
        return new Share(own, open);
    }
}
