package io.drawdown.wallet.domain;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a wallet means, in whole numbers and hours, looked at hour by hour. Shares no code with the wallet. */
final class ModelWallet {

    private static final Comparator<Lot> BURN_ORDER = comparingInt((Lot lot) -> lot.priority)
            .thenComparing(lot -> lot.to, nullsLast(naturalOrder()))
            .thenComparing(lot -> lot.bought)
            .thenComparing(lot -> lot.from)
            .thenComparing(lot -> lot.granted)
            .thenComparing(lot -> lot.id);

    int limit;
    int overdraft;
    private int now;
    private final Map<String, Lot> lots = new LinkedHashMap<>();
    private final Map<String, Held> holds = new LinkedHashMap<>();
    private final List<Used> used = new ArrayList<>();
    private final Map<String, Integer> repaid = new LinkedHashMap<>();

    void passTo(int hour) {
        while (now < hour) {
            now++;
            settle();
        }
    }

    /** What is expired is gone, what is held too long goes back, and what may be spent on everything repays an overdraft. */
    private void settle() {
        for (var id : List.copyOf(holds.keySet())) {
            if (holds.get(id).end <= now) {
                giveBack(id);
            }
        }
        lots.values().stream().filter(lot -> lot.isExpired(now)).forEach(lot -> lot.left = 0);
        overdraft -= take(overdraft, null, repaid);
    }

    void spend(String meter, int amount) {
        used.add(new Used(meter));
        more(used.getLast(), amount);
    }

    private void more(Used usage, int amount) {
        int uncovered = amount - take(amount, usage.meter, usage.from);
        usage.uncovered += uncovered;
        overdraft += uncovered;
    }

    int uses() {
        return used.size();
    }

    String meterOf(int use) {
        return used.get(use).meter;
    }

    void correct(int use, int amount) {
        var usage = used.get(use);
        int more = amount - usage.total();
        if (more < 0) {
            less(usage, -more);
        } else {
            more(usage, more);
        }
        settle();
    }

    private void less(Used usage, int amount) {
        int uncovered = Math.min(amount, usage.uncovered);
        int open = Math.min(uncovered, overdraft);
        usage.uncovered -= uncovered;
        overdraft -= open;
        comeBack(uncovered - open, repaid);
        comeBack(amount - uncovered, usage.from);
    }

    /** To what burns last first. */
    private void comeBack(int amount, Map<String, Integer> from) {
        int open = amount;
        for (var lot : lots.values().stream().sorted(BURN_ORDER.reversed()).toList()) {
            int part = Math.min(open, from.getOrDefault(lot.id, 0));
            from.merge(lot.id, -part, Integer::sum);
            lot.left += part;
            open -= part;
        }
    }

    private int take(int amount, @Nullable String meter, Map<String, Integer> from) {
        int taken = 0;
        for (var lot : lots.values().stream().sorted(BURN_ORDER).toList()) {
            if (lot.isSpendable(now) && lot.covers(meter)) {
                int part = Math.min(amount - taken, lot.left);
                lot.left -= part;
                taken += part;
                from.merge(lot.id, part, Integer::sum);
            }
        }
        return taken;
    }

    boolean give(
            String id, int amount, int priority, @Nullable Integer from, @Nullable Integer to, List<String> meters) {
        if (lots.containsKey(id)) {
            return true;
        }
        int begin = from == null ? now : from;
        if (amount == 0 || (to != null && (to <= begin || to <= now))) {
            return false;
        }
        lots.put(id, new Lot(id, priority, false, begin, to, meters, now, amount));
        settle();
        return true;
    }

    void pay(String id, int amount) {
        if (lots.putIfAbsent(id, new Lot(id, 50, true, now, null, List.of(), now, amount)) == null) {
            settle();
        }
    }

    boolean voidGift(String id) {
        var lot = lots.get(id);
        if (lot == null || lot.left == 0) {
            return false;
        }
        lot.to = now;
        lot.left = 0;
        return true;
    }

    boolean hold(String id, int amount, @Nullable String meter, int end) {
        if (holds.containsKey(id)) {
            return true;
        }
        if (amount == 0 || end <= now || amount > available(meter) + limit) {
            return false;
        }
        var from = new LinkedHashMap<String, Integer>();
        int uncovered = amount - take(amount, meter, from);
        holds.put(id, new Held(from, uncovered, end));
        return true;
    }

    boolean capture(String id, int amount, boolean keepRest) {
        var held = holds.get(id);
        if (held == null || amount == 0 || amount > held.total()) {
            return false;
        }
        int open = amount;
        for (var lot : held.from.entrySet()) {
            int part = Math.min(open, lot.getValue());
            lot.setValue(lot.getValue() - part);
            open -= part;
        }
        held.uncovered -= open;
        overdraft += open;
        if (held.total() == 0) {
            holds.remove(id);
        } else if (!keepRest) {
            giveBack(id);
        }
        settle();
        return true;
    }

    boolean release(String id) {
        if (!holds.containsKey(id)) {
            return false;
        }
        giveBack(id);
        settle();
        return true;
    }

    private void giveBack(String id) {
        holds.remove(id).from.forEach((lot, amount) -> lots.get(lot).left += amount);
    }

    int worthOf(String id) {
        var lot = lots.get(id);
        return lot == null ? 0 : lot.worth;
    }

    int beginOf(String id) {
        var lot = lots.get(id);
        return lot == null ? 0 : lot.from;
    }

    boolean reverse(String id, String reversal, int takenBack) {
        var lot = lots.get(id);
        if (lot == null) {
            return false;
        }
        int had = lot.reversals.getOrDefault(reversal, 0);
        int others = lot.reversals.values().stream().mapToInt(Integer::intValue).sum() - had;
        int wanted = Math.min(takenBack, lot.worth - others);
        lot.reversals.put(reversal, wanted);
        if (wanted >= had) {
            int fromLot = Math.min(wanted - had, lot.left);
            lot.left -= fromLot;
            overdraft += wanted - had - fromLot;
        } else {
            lot.left += had - wanted;
        }
        settle();
        return true;
    }

    int settled() {
        int held = holds.values().stream().mapToInt(Held::covered).sum();
        return lots.values().stream().mapToInt(lot -> lot.left).sum() + held - overdraft;
    }

    int held() {
        return holds.values().stream().mapToInt(Held::total).sum();
    }

    int available(@Nullable String meter) {
        int uncovered = holds.values().stream().mapToInt(held -> held.uncovered).sum();
        return lots.values().stream()
                        .filter(lot -> lot.isSpendable(now) && lot.covers(meter))
                        .mapToInt(lot -> lot.left)
                        .sum()
                - overdraft
                - uncovered;
    }

    Map<String, Integer> left() {
        var left = new LinkedHashMap<String, Integer>();
        lots.forEach((id, lot) -> left.put(id, lot.left));
        return left;
    }

    private static final class Lot {
        private final String id;
        private final int priority;
        private final boolean bought;
        private final int from;
        private @Nullable Integer to;
        private final List<String> meters;
        private final int granted;
        private final int worth;
        private final Map<String, Integer> reversals = new LinkedHashMap<>();
        private int left;

        private Lot(
                String id,
                int priority,
                boolean bought,
                int from,
                @Nullable Integer to,
                List<String> meters,
                int granted,
                int left) {
            this.id = id;
            this.priority = priority;
            this.bought = bought;
            this.from = from;
            this.to = to;
            this.meters = meters;
            this.granted = granted;
            this.worth = left;
            this.left = left;
        }

        private boolean isExpired(int hour) {
            return to != null && to <= hour;
        }

        private boolean isSpendable(int hour) {
            return from <= hour && !isExpired(hour);
        }

        private boolean covers(@Nullable String meter) {
            return meters.isEmpty() || (meter != null && meters.contains(meter));
        }
    }

    private static final class Used {
        private final String meter;
        private final Map<String, Integer> from = new LinkedHashMap<>();
        private int uncovered;

        private Used(String meter) {
            this.meter = meter;
        }

        private int total() {
            return from.values().stream().mapToInt(Integer::intValue).sum() + uncovered;
        }
    }

    private static final class Held {
        private final Map<String, Integer> from;
        private int uncovered;
        private final int end;

        private Held(Map<String, Integer> from, int uncovered, int end) {
            this.from = from;
            this.uncovered = uncovered;
            this.end = end;
        }

        private int covered() {
            return from.values().stream().mapToInt(Integer::intValue).sum();
        }

        private int total() {
            return covered() + uncovered;
        }
    }
}
