package io.drawdown.chaos.check;

import static io.drawdown.chaos.check.LocalClock.Window.MONTH;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Whether usage whose cost depends on other usage costs what it adds to the cost of the month's total, and each month what it must. */
final class TotalChecks {

    private final WalletTopic topic;
    private final Catalogue catalogue;
    private final Accounts accounts;
    private final Map<WindowedUse.Key, Total> totals = new HashMap<>();
    private final Map<WindowedUse.Key, BigDecimal> charged = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long looked;

    TotalChecks(WalletTopic topic, Catalogue catalogue, Accounts accounts) {
        this.topic = topic;
        this.catalogue = catalogue;
        this.accounts = accounts;
    }

    List<Check> all(WindowedUse used) {
        var step = stepByStep();
        return List.of(step, inTheEnd(used));
    }

    private Check stepByStep() {
        topic.all().forEach(this::follow);
        return new Check(
                "Where a cost is that of a total, usage costs what it adds to it, up or down", looked, violations);
    }

    private void follow(SpecificRecord event) {
        switch (event) {
            case UsageDrawnDown drawn -> drawn.getLines().forEach(line -> count(drawn, line));
            case UsageAdjusted adjusted -> count(adjusted);
            default -> {}
        }
    }

    private void count(UsageDrawnDown drawn, UsageLine line) {
        var key = key(drawn.getAccountId(), line.getMeterId(), line.getOccurredAt());
        charge(key, new BigDecimal(line.getAmount()));
        expectBefore(drawn, key, line.getId(), null, line.getRunningTotal());
        expect(drawn, key, line.getId(), measure(line), line.getAmount(), line.getRunningTotal());
    }

    private void count(UsageAdjusted adjusted) {
        var any = adjusted.getAfter() == null ? adjusted.getBefore() : adjusted.getAfter();
        if (any == null) {
            violations.add(Header.of(adjusted) + " adjusts nothing");
            return;
        }
        var key = key(adjusted, any);
        charge(adjusted, key);
        expectBefore(adjusted, key, adjusted.getId(), measure(adjusted.getBefore()), adjusted.getRunningTotal());
        expect(
                adjusted,
                key,
                adjusted.getId(),
                measure(adjusted.getAfter()),
                adjusted.getAmount(),
                adjusted.getRunningTotal());
    }

    /** Usage with a cost of its own may move from one month to another. */
    private void charge(UsageAdjusted adjusted, WindowedUse.Key key) {
        if (adjusted.getRunningTotal() != null) {
            charge(key, new BigDecimal(adjusted.getAmount()));
            return;
        }
        var before = adjusted.getBefore();
        var after = adjusted.getAfter();
        if (before != null) {
            charge(key(adjusted, before), new BigDecimal(before.getAmount()).negate());
        }
        if (after != null) {
            charge(key(adjusted, after), new BigDecimal(after.getAmount()));
        }
    }

    private void charge(WindowedUse.Key key, BigDecimal amount) {
        charged.merge(key, amount, BigDecimal::add);
    }

    private WindowedUse.Key key(UsageAdjusted adjusted, RatedMeasure measure) {
        return key(adjusted.getAccountId(), adjusted.getMeterId(), measure.getOccurredAt());
    }

    private WindowedUse.Key key(String account, String meterId, Instant occurredAt) {
        return new WindowedUse.Key(
                account, meterId, LocalClock.of(accounts, account).startOf(MONTH, occurredAt));
    }

    private void expectBefore(
            SpecificRecord event,
            WindowedUse.Key key,
            String id,
            Total.@Nullable Measure before,
            @Nullable String runningTotal) {
        var known = totals.containsKey(key) ? totals.get(key).of(id) : null;
        var isSame = known == null || before == null
                ? known == null && before == null
                : known.occurredAt().equals(before.occurredAt()) && Amounts.equal(known.quantity(), before.quantity());
        if (runningTotal != null && !isSame) {
            violations.add(Header.of(event) + " says that " + before + " of " + id + " counted, which was " + known);
        }
    }

    private void expect(
            SpecificRecord event,
            WindowedUse.Key key,
            String id,
            Total.@Nullable Measure measure,
            String amount,
            @Nullable String runningTotal) {
        var meter = catalogue.meter(key.meterId()).orElseThrow();
        if (meter.costsByItself() != (runningTotal == null)) {
            violations.add(Header.of(event) + " has " + runningTotal + " as the total of " + meter);
            return;
        }
        if (runningTotal == null) {
            return;
        }
        looked++;
        var total = totals.computeIfAbsent(key, _ -> new Total(meter));
        var before = total.cost();
        total.set(id, measure);
        var added = total.cost().subtract(before);
        if (!Amounts.equal(added, new BigDecimal(amount))
                || !Amounts.equal(total.value(), new BigDecimal(runningTotal))) {
            violations.add("%s says that %s costs %s and brings %s to %s, where it costs %s and brings it to %s"
                    .formatted(Header.of(event), id, amount, meter, runningTotal, added, total.value()));
        }
    }

    private Check inTheEnd(WindowedUse used) {
        var months = new HashSet<>(charged.keySet());
        months.addAll(used.in(MONTH).keySet());
        var wrong = new ArrayList<String>();
        months.forEach(month -> {
            var meter = catalogue.meter(month.meterId()).orElseThrow();
            var total = used.in(MONTH).getOrDefault(month, new Total(meter));
            var cost = charged.getOrDefault(month, BigDecimal.ZERO);
            if (meter.isAlwaysPrepaid() && !Amounts.equal(total.cost(), cost)) {
                wrong.add("%s used %s of %s in the month from %s, which costs %s, and was charged %s"
                        .formatted(month.account(), total.value(), meter, month.start(), total.cost(), cost));
            }
        });
        return new Check("Each month costs what was used in it, as corrected", months.size(), wrong);
    }

    private static Total.Measure measure(UsageLine line) {
        return new Total.Measure(new BigDecimal(line.getQuantity()), line.getOccurredAt());
    }

    private static Total.@Nullable Measure measure(@Nullable RatedMeasure measure) {
        return measure == null
                ? null
                : new Total.Measure(new BigDecimal(measure.getQuantity()), measure.getOccurredAt());
    }
}
