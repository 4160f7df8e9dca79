package io.drawdown.chaos.check;

import io.drawdown.chaos.check.LocalClock.Window;
import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.ChaosMeter;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.usage.UsageAccepted;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What each account used of each meter in each hour, day and month of its own: what was sent, as corrected, when it occurred by the
 * gate's word.
 */
final class WindowedUse {

    private final Accounts accounts;
    private final Map<Window, Map<Key, Total>> totals = new EnumMap<>(Window.class);

    /** @param start of the window in which the usage occurred */
    record Key(String account, String meterId, Instant start) {}

    private WindowedUse(Accounts accounts) {
        this.accounts = accounts;
    }

    static WindowedUse of(AcceptedUsage accepted, Accounts accounts, Sent sent) {
        var corrected = Correcting.of(sent.corrections());
        var use = new WindowedUse(accounts);
        accepted.inOrder().forEach(event -> {
            var usage = sent.usage().get(event.getId());
            if (usage != null) {
                use.add(event, corrected.getOrDefault(usage.id(), Correcting.none(usage)));
            }
        });
        return use;
    }

    private void add(UsageAccepted event, Correcting correcting) {
        var counts = correcting.after(correcting.followed().size());
        if (counts != null) {
            var measure = new Total.Measure(counts, correcting.occurredAt(event.getOccurredAt()));
            for (var window : Window.values()) {
                add(window, event, correcting.usage().meter(), measure);
            }
        }
    }

    private void add(Window window, UsageAccepted event, ChaosMeter meter, Total.Measure measure) {
        var start = LocalClock.of(accounts, event.getAccountId()).startOf(window, measure.occurredAt());
        totals.computeIfAbsent(window, _ -> new HashMap<>())
                .computeIfAbsent(new Key(event.getAccountId(), event.getMeterId(), start), _ -> new Total(meter))
                .set(event.getId(), measure);
    }

    /** By account, meter and start of the window; where nothing counts there is none. */
    Map<Key, Total> in(Window window) {
        return totals.getOrDefault(window, Map.of());
    }
}
