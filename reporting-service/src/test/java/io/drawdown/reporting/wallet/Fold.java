package io.drawdown.reporting.wallet;

import io.drawdown.events.Money;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A wallet as the sum of what each of its events moves. The balances that the events carry are not looked at: those are all that
 * the projection looks at.
 */
final class Fold {

    private BigDecimal settled = BigDecimal.ZERO;
    private BigDecimal granted = BigDecimal.ZERO;
    private BigDecimal paid = BigDecimal.ZERO;
    private BigDecimal drawnDown = BigDecimal.ZERO;
    private final Map<String, BigDecimal> usage = new TreeMap<>();

    /** @param events each once, in their order */
    static Fold of(List<SpecificRecord> events) {
        var fold = new Fold();
        events.forEach(fold::add);
        return fold;
    }

    /** Sums by the names of the wallet's columns, and usage by day and meter; what is zero is left out. */
    Map<String, BigDecimal> sums() {
        var sums = new TreeMap<>(usage);
        sums.put("settled", settled);
        sums.put("granted", granted);
        sums.put("paid", paid);
        sums.put("drawn_down", drawnDown);
        sums.values().removeIf(sum -> sum.signum() == 0);
        sums.replaceAll((_, sum) -> sum.stripTrailingZeros());
        return sums;
    }

    static String usageOf(LocalDate day, String meterId) {
        return day + " " + meterId;
    }

    private void add(SpecificRecord event) {
        switch (event) {
            case CreditGranted in -> comesIn(in.getAmount(), "0", in.getCostBasis(), 1);
            case CreditGivenBack in -> comesIn(in.getAmount(), in.getLost(), in.getCostBasis(), 1);
            case CreditClawedBack out -> comesIn(out.getAmount(), out.getLost(), out.getCostBasis(), -1);
            case GrantExpired lost -> lose(lost.getAmount());
            case GrantVoided lost -> lose(lost.getAmount());
            case GrantForfeited lost -> lose(lost.getAmount());
            case UsageDrawnDown drawn -> drawn.getLines().forEach(this::use);
            case HoldCaptured captured -> {
                var meter = captured.getMeterId() == null ? "captured-hold" : captured.getMeterId();
                use(captured.getRecordedAt(), meter, amount(captured.getAmount()));
            }
            case UsageAdjusted adjusted -> adjust(adjusted);
            default -> {} // Moves nothing, or what is held only.
        }
    }

    private void comesIn(Money amount, String lost, Money cost, int times) {
        var sign = BigDecimal.valueOf(times);
        settled = settled.add(amount(amount).multiply(sign));
        granted = granted.add(amount(amount).add(new BigDecimal(lost)).multiply(sign));
        paid = paid.add(amount(cost).multiply(sign));
    }

    private void lose(Money amount) {
        settled = settled.subtract(amount(amount));
    }

    private void use(UsageLine line) {
        use(line.getOccurredAt(), line.getMeterId(), new BigDecimal(line.getAmount()));
    }

    private void use(Instant at, String meterId, BigDecimal amount) {
        settled = settled.subtract(amount);
        drawnDown = drawnDown.add(amount);
        usage.merge(usageOf(LocalDate.ofInstant(at, ZoneOffset.UTC), meterId), amount, BigDecimal::add);
    }

    /** Usage whose cost is its own leaves its day and comes to another; of other usage the difference is the later day's. */
    private void adjust(UsageAdjusted adjusted) {
        var before = adjusted.getBefore();
        var after = adjusted.getAfter();
        if (before != null && before.getAmount() != null) {
            use(before.getOccurredAt(), adjusted.getMeterId(), own(before).negate());
        }
        if (after != null && after.getAmount() != null) {
            use(after.getOccurredAt(), adjusted.getMeterId(), own(after));
        }
        var counts = after == null ? before : after;
        if (counts != null && counts.getAmount() == null) {
            use(counts.getOccurredAt(), adjusted.getMeterId(), new BigDecimal(adjusted.getAmount()));
        }
    }

    private static BigDecimal own(@Nullable RatedMeasure measure) {
        return new BigDecimal(String.valueOf(measure == null ? null : measure.getAmount()));
    }

    private static BigDecimal amount(Money money) {
        return new BigDecimal(money.getAmount());
    }
}
