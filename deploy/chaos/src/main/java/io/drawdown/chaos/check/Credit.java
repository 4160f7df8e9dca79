package io.drawdown.chaos.check;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.GrantRolledOver;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A grant as its events leave it. */
final class Credit {

    static final Comparator<Credit> BURN_ORDER = Comparator.comparingInt((Credit credit) -> credit.terms.priority())
            .thenComparing(Credit::endsAt, nullsLast(naturalOrder()))
            .thenComparing(credit -> credit.terms.kind() != GrantKind.PROMOTIONAL)
            .thenComparing(Credit::beginsAt)
            .thenComparing(credit -> credit.terms.givenAt())
            .thenComparing(Credit::id);

    private final String id;
    private final Terms terms;
    private final Origin origin;
    private BigDecimal left;
    private @Nullable Instant endsAt;

    /** What of a grant never changes. */
    record Terms(GrantKind kind, int priority, Instant beginsAt, Instant givenAt, List<String> meterIds) {}

    private Credit(String id, Terms terms, @Nullable Instant endsAt, Origin origin, BigDecimal left) {
        this.id = id;
        this.terms = terms;
        this.endsAt = endsAt;
        this.origin = origin;
        this.left = left;
    }

    static Credit of(CreditGranted granted) {
        var terms = new Terms(
                granted.getKind(),
                granted.getPriority(),
                granted.getEffectiveAt(),
                granted.getRecordedAt(),
                granted.getMeterIds());
        var left = Amounts.of(granted.getAmount()).subtract(new BigDecimal(granted.getOverdraftRepaid()));
        return new Credit(granted.getGrantId(), terms, granted.getExpiresAt(), new Origin(granted), left);
    }

    /** As which this one goes on. */
    Credit rolledOver(GrantRolledOver event) {
        var into = new Terms(
                event.getKind(),
                event.getPriority(),
                event.getEffectiveAt(),
                event.getRecordedAt(),
                event.getMeterIds());
        return new Credit(event.getIntoGrantId(), into, event.getExpiresAt(), origin, Amounts.of(event.getAmount()));
    }

    String id() {
        return id;
    }

    Terms terms() {
        return terms;
    }

    /** The grant that it was at first, and all that has become of that. */
    Origin origin() {
        return origin;
    }

    /** Whether it has not come out of another one. */
    boolean isOriginal() {
        return origin.id().equals(id);
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

    void endAt(Instant at) {
        endsAt = at;
    }

    @Nullable
    Instant endsAt() {
        return endsAt;
    }

    Instant beginsAt() {
        return terms.beginsAt();
    }

    boolean isForSomeMetersOnly() {
        return !terms.meterIds().isEmpty();
    }

    boolean hasEndedAt(Instant at) {
        return endsAt != null && !endsAt.isAfter(at);
    }

    /** Whether its end lies before an instant, and not just at it. */
    boolean hadEndedBefore(Instant at) {
        return endsAt != null && endsAt.isBefore(at);
    }

    /** Whether, when it comes back, it repays what is owed of itself and nothing else. */
    boolean repaysItsOwnOnly(Instant at) {
        return isForSomeMetersOnly() || hasEndedAt(at);
    }

    /** Whether it may be spent on a meter; null asks whether on everything. */
    boolean pays(@Nullable String meterId, Instant at) {
        var meters = terms.meterIds();
        var fits = meters.isEmpty() || (meterId != null && meters.contains(meterId));
        return fits && left.signum() > 0 && !beginsAt().isAfter(at) && !hasEndedAt(at);
    }
}
