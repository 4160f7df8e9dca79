package io.drawdown.chaos.check;

import io.drawdown.events.Money;
import io.drawdown.events.wallet.Allocation;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Amounts in the forms in which they are published. */
final class Amounts {

    private Amounts() {}

    static BigDecimal of(Money money) {
        return new BigDecimal(money.getAmount());
    }

    static BigDecimal of(JsonNode money) {
        return new BigDecimal(money.path("amount").asString("0"));
    }

    /** By grant, in their order. */
    static Map<String, BigDecimal> of(List<Allocation> allocations) {
        var amounts = new LinkedHashMap<String, BigDecimal>();
        allocations.forEach(
                each -> amounts.merge(each.getGrantId(), new BigDecimal(each.getAmount()), BigDecimal::add));
        return amounts;
    }

    static BigDecimal sum(Iterable<BigDecimal> amounts) {
        var total = BigDecimal.ZERO;
        for (var amount : amounts) {
            total = total.add(amount);
        }
        return total;
    }

    static boolean equal(BigDecimal one, BigDecimal other) {
        return one.compareTo(other) == 0;
    }

    /** Whether the same grants give the same amounts in the same order. */
    static boolean equal(Map<String, BigDecimal> one, Map<String, BigDecimal> other) {
        return List.copyOf(one.keySet()).equals(List.copyOf(other.keySet()))
                && one.entrySet().stream()
                        .allMatch(
                                entry -> equal(entry.getValue(), other.getOrDefault(entry.getKey(), BigDecimal.ZERO)));
    }
}
