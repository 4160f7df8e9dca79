package io.drawdown.wallet.domain;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Credit in a wallet that still has something left.
 *
 * @param remaining what is left of it; positive
 * @param priority lower is spent first, 0 to 100
 * @param effectiveAt spendable from this instant on, inclusive
 * @param expiresAt spendable until this instant, exclusive; absent when it never expires
 * @param meterIds what it may be spent on, sorted; empty for everything
 * @param grantedAt when the ledger wrote it
 */
public record Grant(
        GrantId id,
        Money remaining,
        GrantKind kind,
        int priority,
        Instant effectiveAt,
        @Nullable Instant expiresAt,
        List<String> meterIds,
        Instant grantedAt) {

    /** Priority, sooner expiry (never is last), promotional before paid, earlier effective, earlier granted; the id breaks ties. */
    public static final Comparator<Grant> BURN_ORDER = Comparator.comparingInt(Grant::priority)
            .thenComparing(Grant::expiresAt, nullsLast(naturalOrder()))
            .thenComparing(Grant::kind)
            .thenComparing(Grant::effectiveAt)
            .thenComparing(Grant::grantedAt)
            .thenComparing(Grant::id);

    /** A grant as it was given, with another remainder. */
    public static Grant of(CreditGranted event, Money remaining) {
        return new Grant(
                event.grantId(),
                remaining,
                event.kind(),
                event.priority(),
                event.effectiveAt(),
                event.expiresAt(),
                event.meterIds(),
                event.header().recordedAt());
    }

    /** Whether it may be spent at {@code instant}: it has begun and has not expired. */
    public boolean isSpendableAt(Instant instant) {
        return hasBegunAt(instant) && !hasExpiredAt(instant);
    }

    /** From its expiry instant on, a grant is worth nothing. */
    public boolean hasExpiredAt(Instant instant) {
        return expiresAt != null && !expiresAt.isAfter(instant);
    }

    boolean hasBegunAt(Instant instant) {
        return !effectiveAt.isAfter(instant);
    }

    /** Whether it may be spent on some meters only. */
    public boolean isScoped() {
        return !meterIds.isEmpty();
    }

    /** @param meterId null asks whether it may be spent on everything */
    boolean covers(@Nullable String meterId) {
        return meterIds.isEmpty() || (meterId != null && meterIds.contains(meterId));
    }

    Grant burn(Money amount) {
        return leaving(remaining.minus(amount));
    }

    /** The same grant with another remainder. */
    public Grant leaving(Money amount) {
        return new Grant(id, amount, kind, priority, effectiveAt, expiresAt, meterIds, grantedAt);
    }

    public Grant expiringAt(Instant instant) {
        return new Grant(id, remaining, kind, priority, effectiveAt, instant, meterIds, grantedAt);
    }
}
