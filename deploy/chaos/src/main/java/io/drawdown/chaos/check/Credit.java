package io.drawdown.chaos.check;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A grant as its events leave it. */
final class Credit {

    static final Comparator<Credit> BURN_ORDER = Comparator.comparingInt(
                    (Credit credit) -> credit.granted.getPriority())
            .thenComparing(Credit::endsAt, nullsLast(naturalOrder()))
            .thenComparing(credit -> credit.granted.getKind() != GrantKind.PROMOTIONAL)
            .thenComparing(credit -> credit.granted.getEffectiveAt())
            .thenComparing(credit -> credit.granted.getRecordedAt())
            .thenComparing(Credit::id);

    private final CreditGranted granted;
    private BigDecimal left;
    private @Nullable Instant takenBackAt;

    Credit(CreditGranted granted) {
        this.granted = granted;
        this.left = Amounts.of(granted.getAmount()).subtract(new BigDecimal(granted.getOverdraftRepaid()));
    }

    String id() {
        return granted.getGrantId();
    }

    /** What is neither spent nor held. */
    BigDecimal left() {
        return left;
    }

    void take(BigDecimal amount) {
        left = left.subtract(amount);
    }

    void giveBack(BigDecimal amount) {
        left = left.add(amount);
    }

    void takeBack(Instant at) {
        takenBackAt = at;
    }

    @Nullable
    Instant endsAt() {
        return takenBackAt == null ? granted.getExpiresAt() : takenBackAt;
    }

    Instant beginsAt() {
        return granted.getEffectiveAt();
    }

    boolean isForSomeMetersOnly() {
        return !granted.getMeterIds().isEmpty();
    }

    boolean hasEndedAt(Instant at) {
        var end = endsAt();
        return end != null && !end.isAfter(at);
    }

    /** Whether it may be spent on a meter; null asks whether on everything. */
    boolean pays(@Nullable String meterId, Instant at) {
        List<String> meters = granted.getMeterIds();
        var fits = meters.isEmpty() || (meterId != null && meters.contains(meterId));
        return fits && left.signum() > 0 && !granted.getEffectiveAt().isAfter(at) && !hasEndedAt(at);
    }
}
