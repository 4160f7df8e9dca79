package io.drawdown.chaos.check;

import io.drawdown.chaos.check.LocalClock.Window;
import io.drawdown.chaos.check.WindowedUse.Key;
import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.TotalWindow;
import io.drawdown.events.usage.UsageTotal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** usage.totals.v1 as a plain consumer sees it: the last state of each total. */
final class PublishedTotals {

    private final Map<TotalWindow, Map<Key, UsageTotal>> latest = new HashMap<>();

    static PublishedTotals read(TopicReader reader) {
        var totals = new PublishedTotals();
        reader.read(Topic.USAGE_TOTALS, record -> totals.add((UsageTotal) record.value()));
        return totals;
    }

    /** The next record of the topic. */
    void add(UsageTotal total) {
        latest.computeIfAbsent(total.getWindow(), _ -> new HashMap<>())
                .merge(
                        new Key(total.getAccountId(), total.getMeterId(), total.getStart()),
                        total,
                        (one, other) -> other.getVersion() < one.getVersion() ? one : other);
    }

    Check check(WindowedUse used, Accounts accounts, Catalogue catalogue) {
        var violations = new ArrayList<String>();
        var looked = 0L;
        for (var window : List.of(Window.HOUR, Window.DAY)) {
            var published = latest.getOrDefault(TotalWindow.valueOf(window.name()), Map.of());
            looked += published.size();
            published.forEach((key, total) -> {
                lookAtEnds(window, LocalClock.of(accounts, key.account()), total, violations);
                lookAtValue(used.in(window).get(key), total, catalogue, violations);
            });
            used.in(window).forEach((key, total) -> {
                if (total.events() > 0 && !published.containsKey(key)) {
                    violations.add(
                            key + " is no " + window + " of usage.totals.v1, and has " + total.events() + " events");
                }
            });
        }
        return new Check(
                "usage.totals.v1 has each account's own hours and days, with what was used", looked, violations);
    }

    private static void lookAtEnds(Window window, LocalClock clock, UsageTotal total, List<String> violations) {
        var start = clock.startOf(window, total.getStart());
        var end = clock.endOf(window, total.getStart());
        if (!start.equals(total.getStart()) || !end.equals(total.getEnd())) {
            violations.add(
                    "%s is no %s in %s: that is from %s to %s".formatted(total, window, clock.zone(), start, end));
        }
    }

    private static void lookAtValue(
            @Nullable Total expected, UsageTotal total, Catalogue catalogue, List<String> violations) {
        var events = expected == null ? 0 : expected.events();
        var value = expected == null ? BigDecimal.ZERO : expected.value();
        var said = value(total, catalogue);
        if (events != total.getEvents() || (said != null && !Amounts.equal(value, said))) {
            violations.add("%s, where %d events have come to %s".formatted(total, events, value));
        }
    }

    /** Null where the month alone tells how many texts there are. */
    private static @Nullable BigDecimal value(UsageTotal total, Catalogue catalogue) {
        return switch (catalogue.meter(total.getMeterId()).orElseThrow().aggregation()) {
            case SUM, COUNT -> new BigDecimal(total.getSum());
            case MAX -> new BigDecimal(total.getMax());
            case LAST -> new BigDecimal(total.getLast());
            case UNIQUE_COUNT, UNKNOWN -> null;
        };
    }
}
