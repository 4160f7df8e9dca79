package io.drawdown.reporting.wallet;

import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a batch of events amounts to: the wallets after it, what it adds to each day's usage, and its entries. */
final class WalletBatch {

    /** Stands for the meter of what was captured for none in particular. */
    private static final String CAPTURED = "captured-hold";

    private final Map<String, WalletState> wallets;
    private final Map<UsageKey, UsageSum> usage = new LinkedHashMap<>();
    private final List<Entry> applied = new ArrayList<>();
    private final List<Entry> missing = new ArrayList<>();

    /** @param wallets the wallets that are there, as they were before the batch */
    WalletBatch(Map<String, WalletState> wallets) {
        this.wallets = new HashMap<>(wallets);
    }

    void add(Entry entry) {
        var wallet = wallets.computeIfAbsent(entry.walletId(), id -> new WalletState(id, entry.accountId()));
        var wasComplete = !wallet.isIncomplete();
        if (wallet.apply(entry)) {
            applied.add(entry);
            if (entry.event() instanceof UsageDrawnDown drawnDown) {
                drawnDown.getLines().forEach(line -> add(entry.walletId(), line));
            } else if (entry.event() instanceof HoldCaptured captured) {
                add(entry, captured);
            } else if (entry.event() instanceof UsageAdjusted adjusted) {
                adjust(entry.walletId(), adjusted);
            }
        } else if (wasComplete && wallet.isIncomplete()) {
            missing.add(entry);
        }
    }

    private void add(String walletId, UsageLine line) {
        var day = LocalDate.ofInstant(line.getOccurredAt(), ZoneOffset.UTC);
        usage.computeIfAbsent(new UsageKey(walletId, day, line.getMeterId()), _ -> new UsageSum())
                .add(line);
    }

    /** Where the cost depends on other usage, no day has a cost of its own: the difference falls on the day that counts now. */
    private void adjust(String walletId, UsageAdjusted adjusted) {
        var before = adjusted.getBefore();
        var after = adjusted.getAfter();
        var ownCost = (before == null || before.getAmount() != null) && (after == null || after.getAmount() != null);
        if (before != null) {
            usage(walletId, adjusted, before).add(before, ownCost, -1);
        }
        if (after != null) {
            usage(walletId, adjusted, after).add(after, ownCost, 1);
        }
        var counts = after == null ? before : after;
        if (!ownCost && counts != null) {
            usage(walletId, adjusted, counts).add(new BigDecimal(adjusted.getAmount()));
        }
    }

    private UsageSum usage(String walletId, UsageAdjusted adjusted, RatedMeasure measure) {
        var day = LocalDate.ofInstant(measure.getOccurredAt(), ZoneOffset.UTC);
        return usage.computeIfAbsent(new UsageKey(walletId, day, adjusted.getMeterId()), _ -> new UsageSum());
    }

    /** Spent without a usage event: it counts as one use of the meter that it was held for. */
    private void add(Entry entry, HoldCaptured captured) {
        var day = LocalDate.ofInstant(entry.recordedAt(), ZoneOffset.UTC);
        var meter = captured.getMeterId() == null ? CAPTURED : captured.getMeterId();
        usage.computeIfAbsent(new UsageKey(entry.walletId(), day, meter), _ -> new UsageSum())
                .add(captured);
    }

    Collection<WalletState> wallets() {
        return wallets.values();
    }

    Map<UsageKey, UsageSum> usage() {
        return usage;
    }

    /** The newest entries that were applied, at most so many, oldest first. */
    List<Entry> newest(int limit) {
        var sorted = applied.stream().sorted(Entry.OLDEST_FIRST).toList();
        return sorted.subList(Math.max(0, sorted.size() - limit), sorted.size());
    }

    /** The entries that showed, as the first of their wallets, that one before them is missing, if it still is. */
    List<Entry> missing() {
        return missing.stream()
                .filter(entry -> wallet(entry.walletId()).isIncomplete())
                .toList();
    }

    WalletState wallet(String walletId) {
        var wallet = wallets.get(walletId);
        if (wallet == null) {
            throw new IllegalArgumentException("Wallet " + walletId + " has no event in this batch");
        }
        return wallet;
    }

    /** @param day in UTC */
    record UsageKey(String walletId, LocalDate day, String meterId) {}

    /** What a day's usage of one meter grows by. */
    static final class UsageSum {

        BigDecimal amount = BigDecimal.ZERO;
        BigDecimal quantity = BigDecimal.ZERO;
        long events;

        private void add(HoldCaptured captured) {
            amount = amount.add(new BigDecimal(captured.getAmount().getAmount()));
            events++;
        }

        /** @param times minus one takes it away */
        private void add(RatedMeasure measure, boolean ownCost, int times) {
            var sign = BigDecimal.valueOf(times);
            quantity = quantity.add(new BigDecimal(measure.getQuantity()).multiply(sign));
            events += times;
            if (ownCost && measure.getAmount() != null) {
                add(new BigDecimal(measure.getAmount()).multiply(sign));
            }
        }

        private void add(BigDecimal more) {
            amount = amount.add(more);
        }

        private void add(UsageLine line) {
            amount = amount.add(new BigDecimal(line.getAmount()));
            quantity = quantity.add(new BigDecimal(line.getQuantity()));
            events++;
        }
    }
}
