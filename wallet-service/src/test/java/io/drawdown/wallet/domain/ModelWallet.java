package io.drawdown.wallet.domain;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/** What a wallet means, in whole numbers and hours, looked at hour by hour. Shares no code with the wallet. */
final class ModelWallet {

    private static final Comparator<Lot> BURN_ORDER = comparingInt((Lot lot) -> lot.priority)
            .thenComparing(lot -> lot.to, nullsLast(naturalOrder()))
            .thenComparing(lot -> lot.bought)
            .thenComparing(lot -> lot.from)
            .thenComparing(lot -> lot.granted)
            .thenComparing(lot -> lot.id);

    static final String ROLLED = "rolled over from ";

    /** The hour that so many days of the account's clock after another is. */
    private final IntBinaryOperator daysAfter;

    int limit;
    int overdraft;
    private boolean closed;
    private boolean paused;
    private int now;
    private final Map<String, Settlement> settlements = new LinkedHashMap<>();
    private final Map<String, Lot> lots = new LinkedHashMap<>();
    private final Map<String, Held> holds = new LinkedHashMap<>();
    private final List<Used> used = new ArrayList<>();
    private final Map<String, Integer> repaid = new LinkedHashMap<>();

    ModelWallet(IntBinaryOperator daysAfter) {
        this.daysAfter = daysAfter;
    }

    void passTo(int hour) {
        while (now < hour) {
            now++;
            settle();
        }
    }

    /**
     * What is held too long goes back, and repays what is owed of it; what is expired rolls over or is lost, and what may be spent on
     * everything repays an overdraft.
     */
    private void settle() {
        for (var id : List.copyOf(holds.keySet())) {
            if (holds.get(id).end <= now) {
                giveBack(id);
            }
        }
        lots.values().stream().sorted(BURN_ORDER).forEach(this::repayItsOwn);
        List.copyOf(lots.values()).stream().filter(lot -> lot.isExpired(now)).forEach(this::expire);
        repayOverdraft();
    }

    /** What repays anything counts first for what is owed of itself. */
    private void repayOverdraft() {
        var from = new LinkedHashMap<String, Integer>();
        overdraft -= take(overdraft, null, from);
        from.forEach((id, amount) -> {
            repaidBy(lots.get(id), amount);
            lots.get(id).origin.oweLess(amount);
        });
    }

    /** What comes back after it was to be taken back is taken then, unless other credit has repaid it. */
    private void repayItsOwn(Lot lot) {
        if (lot.isExpired(now) || !lot.meters.isEmpty()) {
            int part = Math.min(Math.min(lot.left, overdraft), lot.origin.owed());
            lot.left -= part;
            overdraft -= part;
            lot.origin.oweLess(part);
        }
    }

    private void expire(Lot lot) {
        int until = lot.rolls == null ? now : daysAfter.applyAsInt(lot.to, lot.rolls.days);
        int goesOn = until <= now ? 0 : Math.min(lot.left, lot.rolls.most - lot.rolledOver);
        if (goesOn > 0) {
            var id = lot.id + ".rol" + lots.size();
            var terms = new Terms(lot.to, until, lot.meters, lot.priority, null);
            lots.put(id, new Lot(id, lot.origin, lot.bought, terms, now, goesOn));
            lot.rolledOver += goesOn;
        }
        lot.left -= goesOn;
        lose(lot);
    }

    private static void lose(Lot lot) {
        lot.origin.lost += lot.left;
        lot.left = 0;
    }

    boolean isOpen() {
        return !closed && !paused;
    }

    boolean isClosed() {
        return closed;
    }

    /** @param forfeit whether what is left is lost; only when it is closed */
    boolean change(WalletStatus status, boolean forfeit, boolean toppingUp) {
        boolean closes = status == WalletStatus.CLOSED && !closed;
        if (closes && (!holds.isEmpty() || toppingUp)) {
            return false;
        }
        if (closes && forfeit) {
            lots.values().forEach(ModelWallet::lose);
        }
        closed = status == WalletStatus.CLOSED;
        paused = status == WalletStatus.PAUSED;
        return true;
    }

    boolean settle(String meter, Settlement mode) {
        if (closed && mode != settlementOf(meter)) {
            return false;
        }
        settlements.put(meter, mode);
        return true;
    }

    private Settlement settlementOf(String meter) {
        return settlements.getOrDefault(meter, Settlement.PREPAID);
    }

    /** Unless that is left to Stripe. */
    void spend(String id, String meter, int amount) {
        if (isPrepaid(meter, amount)) {
            used.add(new Used(id, meter));
            more(used.getLast(), amount);
        }
    }

    private boolean isPrepaid(String meter, int amount) {
        return switch (settlementOf(meter)) {
            case PREPAID -> true;
            case ARREARS -> false;
            case PREPAID_THEN_ARREARS -> amount <= spendable(meter);
        };
    }

    private void more(Used usage, int amount) {
        int uncovered = amount - take(amount, usage.meter, usage.from);
        usage.uncovered += uncovered;
        overdraft += uncovered;
    }

    int uses() {
        return used.size();
    }

    String idOf(int use) {
        return used.get(use).id;
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

    boolean give(String id, int amount, Terms terms) {
        if (lots.containsKey(id)) {
            return true;
        }
        if (closed || amount == 0 || (terms.to != null && (terms.to <= terms.from || terms.to <= now))) {
            return false;
        }
        if (terms.to == null && terms.rolls != null) {
            return false;
        }
        lots.put(id, new Lot(id, null, false, terms, now, amount));
        settle();
        return true;
    }

    /** @param bonus so many times as much, given beside it; none when zero */
    boolean pay(String line, int amount, int bonus, Terms terms) {
        if (closed && !lots.containsKey("grt_" + line)) {
            return false;
        }
        if (lots.putIfAbsent("grt_" + line, new Lot("grt_" + line, null, true, terms, now, amount)) == null) {
            settle();
            if (bonus > 0) {
                lots.put("bns_" + line, new Lot("bns_" + line, null, false, terms, now, bonus * amount));
                settle();
            }
        }
        return true;
    }

    boolean voidGift(String id) {
        var lot = lots.get(id);
        if (lot == null || lot.left == 0) {
            return false;
        }
        lot.to = now;
        lot.rolls = null;
        lose(lot);
        return true;
    }

    boolean hold(String id, int amount, @Nullable String meter, int end) {
        if (holds.containsKey(id)) {
            return true;
        }
        if (!isOpen() || (meter != null && settlementOf(meter) == Settlement.ARREARS)) {
            return false;
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

    /** @param credit how much of the grant goes with what is taken back */
    boolean reverse(String id, String reversal, int credit) {
        var lot = lots.get(id);
        if (lot == null) {
            return false;
        }
        var taken = lot.reversals.computeIfAbsent(reversal, _ -> new Taken());
        int others = lot.reversals.values().stream().mapToInt(Taken::total).sum() - taken.total();
        int wanted = Math.min(credit, lot.worth - others);
        if (wanted > taken.total()) {
            takeBack(lot, taken, wanted - taken.total());
        } else if (wanted < taken.total()) {
            giveBack(lot, taken, taken.total() - wanted);
        }
        settle();
        return true;
    }

    private void takeBack(Lot lot, Taken taken, int credit) {
        int open = credit;
        for (var part : lots.values().stream().filter(one -> one.origin == lot).toList()) {
            int gone = Math.min(open, part.left);
            part.left -= gone;
            open -= gone;
            taken.left += gone;
        }
        int lost = Math.min(
                open,
                lot.lost
                        - lot.reversals.values().stream()
                                .mapToInt(one -> one.lost)
                                .sum());
        taken.lost += lost;
        taken.owed += open - lost;
        overdraft += open - lost;
    }

    /** What was lost comes back last, and stays lost; a grant that has expired begins anew. */
    private void giveBack(Lot lot, Taken taken, int credit) {
        int owed = Math.min(credit, taken.owed);
        int left = Math.min(credit - owed, taken.left);
        taken.owed -= owed;
        taken.left -= left;
        taken.lost -= credit - owed - left;
        if (owed + left > 0) {
            lot.to = lot.end == null || lot.end > now ? lot.end : (Integer) (now + lot.end - lot.from);
        }
        int repaid = Math.min(owed, overdraft);
        overdraft -= repaid;
        repaidBy(lot, repaid);
        lot.left += owed + left - repaid;
    }

    private void repaidBy(Lot lot, int amount) {
        repaid.merge(lot.id, amount, Integer::sum);
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
        return spendable(meter) - overdraft - uncovered;
    }

    private int spendable(@Nullable String meter) {
        return lots.values().stream()
                .filter(lot -> lot.isSpendable(now) && lot.covers(meter))
                .mapToInt(lot -> lot.left)
                .sum();
    }

    /** What is left of each grant, and under another name what is left of all that it rolled over into. */
    Map<String, Integer> left() {
        var left = new LinkedHashMap<String, Integer>();
        lots.forEach((id, lot) -> left.merge(lot.origin == lot ? id : ROLLED + lot.origin.id, lot.left, Integer::sum));
        return left;
    }

    /** What of each grant was lost unspent. */
    Map<String, Integer> lost() {
        var lost = new LinkedHashMap<String, Integer>();
        lots.values().forEach(lot -> lost.merge(lot.origin.id, lot.origin == lot ? lot.lost : 0, Integer::sum));
        return lost;
    }

    /** @param rolls null when nothing rolls over */
    record Terms(
            int from,
            @Nullable Integer to,
            List<String> meters,
            int priority,
            @Nullable Rolls rolls) {}

    /** Up to so much goes on for so many days. */
    record Rolls(int most, int days) {}

    private static final class Lot {
        private final String id;
        private final Lot origin;
        private final int priority;
        private final boolean bought;
        private final int from;
        private final @Nullable Integer end;
        private @Nullable Integer to;
        private final List<String> meters;
        private final int granted;
        private final int worth;
        private final Map<String, Taken> reversals = new LinkedHashMap<>();
        private @Nullable Rolls rolls;
        private int rolledOver;
        private int lost;
        private int left;

        private Lot(String id, @Nullable Lot origin, boolean bought, Terms terms, int granted, int left) {
            this.id = id;
            this.origin = origin == null ? this : origin;
            this.priority = terms.priority;
            this.bought = bought;
            this.from = terms.from;
            this.end = terms.to;
            this.to = terms.to;
            this.meters = terms.meters;
            this.rolls = terms.rolls;
            this.granted = granted;
            this.worth = left;
            this.left = left;
        }

        private int owed() {
            return reversals.values().stream().mapToInt(taken -> taken.owed).sum();
        }

        /** What has come back counts as if it had been left when it was taken. */
        private void oweLess(int amount) {
            int open = amount;
            for (var reversal : reversals.keySet().stream().sorted().toList()) {
                var taken = reversals.get(reversal);
                int part = Math.min(open, taken.owed);
                taken.owed -= part;
                taken.left += part;
                open -= part;
            }
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

    /** What one reversal has taken of a grant: of what was left, of what was lost, and of what had been spent. */
    private static final class Taken {
        private int left;
        private int lost;
        private int owed;

        private int total() {
            return left + lost + owed;
        }
    }

    private static final class Used {
        private final String id;
        private final String meter;
        private final Map<String, Integer> from = new LinkedHashMap<>();
        private int uncovered;

        private Used(String id, String meter) {
            this.id = id;
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
