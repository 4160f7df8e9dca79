package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.ChaosMeter;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.usage.UsageAccepted;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** What each account used of each meter in each month: what was sent, as corrected, when it occurred by the gate's word. */
final class MonthlyUse {

    private final Map<Key, Total> totals = new HashMap<>();

    /** @param month in UTC, in which the usage occurred */
    record Key(String account, String meterId, YearMonth month) {

        static Key of(String account, String meterId, Instant occurredAt) {
            return new Key(account, meterId, YearMonth.from(occurredAt.atZone(ZoneOffset.UTC)));
        }
    }

    static MonthlyUse of(AcceptedUsage accepted, Catalogue catalogue, Sent sent) {
        var corrected = Correcting.of(sent.corrections());
        var use = new MonthlyUse();
        accepted.inOrder().forEach(event -> {
            var usage = sent.usage().get(event.getId());
            if (usage != null) {
                use.add(event, usage.meter(), corrected.getOrDefault(usage.id(), Correcting.none(usage)));
            }
        });
        return use;
    }

    private void add(UsageAccepted event, ChaosMeter meter, Correcting correcting) {
        var key = Key.of(event.getAccountId(), event.getMeterId(), event.getOccurredAt());
        var counts = correcting.after(correcting.followed().size());
        totals.computeIfAbsent(key, _ -> new Total(meter))
                .set(event.getId(), counts == null ? null : new Total.Measure(counts, event.getOccurredAt()));
    }

    /** By meter and month; nothing used is not there. */
    Map<Key, Total> totals() {
        return totals;
    }

    BigDecimal of(Key key) {
        var total = totals.get(key);
        return total == null ? BigDecimal.ZERO : total.value();
    }
}
