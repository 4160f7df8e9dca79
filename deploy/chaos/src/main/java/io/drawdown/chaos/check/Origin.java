package io.drawdown.chaos.check;

import io.drawdown.events.catalog.Rollover;
import io.drawdown.events.wallet.CreditGranted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A grant as it was given, and what has become of it and of all that it rolled over into. */
final class Origin {

    private static final int DECIMALS = 12;
    private static final Taken NOTHING = new Taken(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private final CreditGranted granted;
    private final Map<String, Taken> taken = new HashMap<>();
    private @Nullable Rollover rule;
    private BigDecimal rolledOver = BigDecimal.ZERO;
    private BigDecimal lost = BigDecimal.ZERO;
    private long rolledAt = -1;

    /**
     * What a reversal has taken.
     *
     * @param credit all in all
     * @param lost what of it had been lost before
     * @param owed what of it had been spent before
     */
    record Taken(BigDecimal credit, BigDecimal lost, BigDecimal owed) {

        /** What comes in again: what had not been lost. */
        BigDecimal worth() {
            return credit.subtract(lost);
        }
    }

    Origin(CreditGranted granted) {
        this.granted = granted;
        this.rule = granted.getRollover();
    }

    String id() {
        return granted.getGrantId();
    }

    /** How much goes on of what is left at the end. */
    BigDecimal goesOn(BigDecimal left) {
        if (rule == null) {
            return BigDecimal.ZERO;
        }
        return rule.getMostAmount() == null
                ? left.multiply(new BigDecimal(String.valueOf(rule.getMostShare())))
                : left.min(Amounts.of(rule.getMostAmount()).subtract(rolledOver));
    }

    /** Until when it goes on; null where nothing does. */
    @Nullable
    Instant goesOnUntil(Instant end, LocalClock clock) {
        return rule == null ? null : clock.after(end, Period.parse(rule.getValidFor()));
    }

    /** What was paid for so much of it. */
    BigDecimal costOf(BigDecimal part) {
        return Amounts.of(granted.getCostBasis())
                .multiply(part)
                .divide(Amounts.of(granted.getAmount()), DECIMALS, RoundingMode.HALF_UP);
    }

    void rollOver(BigDecimal amount, long sequence) {
        rolledOver = rolledOver.add(amount);
        rolledAt = sequence;
    }

    boolean hasRolledOverAt(long sequence) {
        return rolledAt == sequence;
    }

    void stopRollingOver() {
        rule = null;
    }

    void lose(BigDecimal amount) {
        lost = lost.add(amount);
    }

    /** What was lost and has not been counted against a reversal yet. */
    BigDecimal lostAndNotTaken() {
        return lost.subtract(
                Amounts.sum(taken.values().stream().map(Taken::lost).toList()));
    }

    Taken takenBy(String reversalId) {
        return taken.getOrDefault(reversalId, NOTHING);
    }

    void take(String reversalId, BigDecimal credit, BigDecimal ofLost, BigDecimal owed) {
        var before = takenBy(reversalId);
        taken.put(
                reversalId,
                new Taken(
                        before.credit().add(credit),
                        before.lost().add(ofLost),
                        before.owed().add(owed)));
    }

    void giveBack(String reversalId, BigDecimal amount, BigDecimal ofLost) {
        var before = takenBy(reversalId);
        take(
                reversalId,
                amount.add(ofLost).negate(),
                ofLost.negate(),
                before.owed().min(amount).negate());
    }

    /** What all reversals have left owed of it. */
    BigDecimal owed() {
        return Amounts.sum(taken.values().stream().map(Taken::owed).toList());
    }

    /** After so much has come back to repay what is owed: of several reversals in the order of their ids. */
    void oweLess(BigDecimal amount) {
        var open = amount;
        for (var reversalId : taken.keySet().stream().sorted().toList()) {
            var part = open.min(takenBy(reversalId).owed());
            take(reversalId, BigDecimal.ZERO, BigDecimal.ZERO, part.negate());
            open = open.subtract(part);
        }
    }

    /** When it ends after its money has come in again: as ever, or, where that is over, as long as at first from now on. */
    @Nullable
    Instant endAnew(Instant at) {
        var end = granted.getExpiresAt();
        return end == null || end.isAfter(at) ? end : at.plus(Duration.between(granted.getEffectiveAt(), end));
    }
}
