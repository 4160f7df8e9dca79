package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wallet after some of its events: immutable, so that one thread may read it while another decides on it.
 *
 * <p>Snapshots keep what the records here hold; a map whose order counts must say so by being a {@link
 * java.util.SequencedMap}.
 *
 * @param zone in which its days and months are counted
 * @param version number of events behind it, which is the sequence of the next one
 * @param usageEvents number of usage events in these
 * @param recordedAt instant of the last event; a later event has none that is earlier
 * @param grants those with something left, in burn order
 * @param grantIds every grant there ever was: a cause must not grant twice
 * @param overdraft usage that no grant covered and no credit has repaid; not negative
 * @param overdraftLimit how far authorizations and holds may go beyond the credit there is; not negative
 * @param holds what is reserved; reserved credit is not in {@code grants}
 * @param reversals what refunds, disputes and credit notes have clawed back
 * @param replenishment how it tops itself up, and what has come of it
 * @param settlements which meters' usage it pays for
 * @param status what it lets happen
 * @param routes the account's further wallets; none in these
 * @param consumption what it remembers of its usage
 * @param ends what is to become of credit that nobody spends in time, and what has become of it
 */
public record WalletState(
        WalletId id,
        AccountId accountId,
        Currency currency,
        Zone zone,
        long version,
        long usageEvents,
        Instant recordedAt,
        List<Grant> grants,
        GrantIds grantIds,
        Money overdraft,
        Money overdraftLimit,
        Holds holds,
        Map<Reversal.Key, Reversal> reversals,
        Replenishment replenishment,
        Settlements settlements,
        WalletStatus status,
        Routes routes,
        Consumption consumption,
        Ends ends) {

    private static final int USAGE_EVENTS_LIKE_AN_EVENT = 16;

    /** The state after the first event of a wallet. */
    static WalletState of(WalletOpened event) {
        var header = event.header();
        var zero = Money.zero(event.currency());
        return new WalletState(
                header.walletId(),
                header.accountId(),
                event.currency(),
                event.zone(),
                1,
                0,
                header.recordedAt(),
                List.of(),
                GrantIds.NONE,
                zero,
                zero,
                Holds.none(zero),
                Map.of(),
                Replenishment.none(event.currency(), event.zone()),
                Settlements.ALL_PREPAID,
                WalletStatus.OPEN,
                Routes.NONE,
                Consumption.NONE,
                Ends.NONE);
    }

    /**
     * Folds one more event in. Only assigns; every decision has been taken when the event was recorded.
     *
     * @param state null before the first event
     * @throws IllegalStateException if the event is not the next one of the wallet
     */
    public static WalletState evolve(@Nullable WalletState state, WalletEvent event) {
        if (event instanceof WalletOpened opened) {
            return of(opened);
        }
        if (state == null || event.header().sequence() != state.version) {
            throw new IllegalStateException("Event " + event.header() + " does not follow version "
                    + (state == null ? 0 : state.version) + " of its wallet; its history has a gap or a repeat");
        }
        return Evolution.after(state, event);
    }

    /**
     * How long what is recorded of it takes to read, in events of little usage: a draw-down of a thousand usage events takes as long as
     * sixty of one each.
     */
    public long length() {
        return version + usageEvents / USAGE_EVENTS_LIKE_AN_EVENT;
    }

    /** The wallet that pays for usage of a meter; to be asked of the account's main wallet. */
    public WalletId payerOf(@Nullable String meterId) {
        return meterId == null ? id : routes.payers().getOrDefault(meterId, id);
    }

    /** The wallet's time when somebody asks at {@code instant}: it never goes back behind the last event. */
    public Instant timeAt(Instant instant) {
        return instant.isBefore(recordedAt) ? recordedAt : instant;
    }

    /** What is left of the grants, reserved or not, less the overdraft, as of the last event. */
    Money settled() {
        return Grants.sum(grants, holds.covered().minus(overdraft));
    }

    /** As settled, without the grants that have expired at {@code instant}. */
    public Money settledAt(Instant instant) {
        var total = holds.covered().minus(overdraft);
        for (var grant : grants) {
            if (!grant.hasExpiredAt(instant)) {
                total = total.plus(grant.remaining());
            }
        }
        return total;
    }

    /** What may be spent on everything at {@code instant}: without what is held or has not begun. Negative in overdraft. */
    public Money availableAt(Instant instant) {
        return availableAt(instant, null);
    }

    /** How much an authorization or a hold may ask for at {@code instant}: what is available, and the overdraft limit. */
    public Money spendableAt(Instant instant, @Nullable String meterId) {
        return availableAt(instant, meterId).plus(overdraftLimit);
    }

    private Money availableAt(Instant instant, @Nullable String meterId) {
        var total = overdraft.plus(holds.uncovered()).negated();
        for (var grant : grants) {
            if (grant.covers(meterId) && grant.isSpendableAt(instant)) {
                total = total.plus(grant.remaining());
            }
        }
        return total;
    }

    /** What may be spent on some meters only at {@code instant}. */
    public Money restrictedAt(Instant instant) {
        var total = Money.zero(currency);
        for (var grant : grants) {
            if (grant.isScoped() && grant.isSpendableAt(instant)) {
                total = total.plus(grant.remaining());
            }
        }
        return total;
    }

    /** Whether a grant of which something is left had ended before the last event; in the same millisecond is not before. */
    boolean hadEnded(GrantId grantId) {
        for (var grant : grants) {
            if (grant.id().equals(grantId)) {
                return grant.expiresAt() != null && grant.expiresAt().isBefore(recordedAt);
            }
        }
        return false;
    }

    /** What is left of a grant and not held; zero of one that is spent, has expired or never was. */
    public Money remainingOf(GrantId grantId) {
        for (var grant : grants) {
            if (grant.id().equals(grantId)) {
                return grant.remaining();
            }
        }
        return Money.zero(currency);
    }

    /** What a refund, dispute or credit note has taken of a grant so far. */
    Reversal reversal(Reversal.Key key) {
        var known = reversals.get(key);
        return known == null ? Reversal.none(key, this) : known;
    }

    /**
     * What the passing of time alone has done to the wallet by {@code instant}, whether somebody has recorded it or not: each
     * at its own instant. Whoever records it later records just these events.
     */
    public Decision dueBy(Instant instant) {
        var course = new Course(this, instant);
        DueMatters.settle(course);
        return course.decision();
    }

    /** When something will next have to be decided by the passing of time alone; absent while nothing will. */
    public @Nullable Instant nextDueAt() {
        return nextDueAfter(recordedAt);
    }

    /** The same of a wallet that has nothing to decide at {@code now}, also when its last event is much older. */
    public @Nullable Instant nextDueAfter(Instant now) {
        var change = nextChangeAt();
        var policy = replenishment.policy();
        return replenishment.waits().threshold() == null && policy.recurrence() == null || status != WalletStatus.OPEN
                ? change
                : sooner(change, asksByItselfAfter(timeAt(now)));
    }

    /** Credit that begins while it waits may leave nothing to ask for; what ends meanwhile is a change of its own. */
    private @Nullable Instant asksByItselfAfter(Instant now) {
        var notBefore = replenishment.waits().threshold();
        var available = availableAt(notBefore == null || notBefore.isBefore(now) ? now : notBefore);
        return replenishment.asksByItselfAt(available, now);
    }

    /** When what the wallet is worth, or what may be spent of it, will next change by itself. */
    @Nullable
    Instant nextChangeAt() {
        var next = holds.nextExpiry();
        for (var grant : grants) {
            next = sooner(next, grant.expiresAt());
            if (overdraft.isPositive() && (!grant.isScoped() || Owing.isOwed(this, grant.id()))) {
                next = sooner(next, grant.effectiveAt());
            }
        }
        return next;
    }

    private static @Nullable Instant sooner(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.isBefore(one) ? other : one;
    }

    /** The state after one more event that has left these things as given, and all others as they were. */
    WalletState after(WalletEvent event, List<Grant> newGrants, Money newOverdraft, Holds newHolds) {
        return new WalletState(
                id,
                accountId,
                currency,
                zone,
                version + 1,
                usageEvents + event.usageEvents(),
                instantOf(event),
                newGrants,
                grantIds,
                newOverdraft,
                overdraftLimit,
                newHolds,
                reversals,
                replenishment,
                settlements,
                status,
                routes,
                consumption,
                ends);
    }

    WalletState after(WalletEvent event, Replenishment newReplenishment) {
        return after(event, newReplenishment, settlements, status, routes);
    }

    WalletState after(WalletEvent event, Settlements newSettlements) {
        return after(event, replenishment, newSettlements, status, routes);
    }

    WalletState after(WalletEvent event, WalletStatus newStatus) {
        return after(event, replenishment, settlements, newStatus, routes);
    }

    WalletState after(WalletEvent event, Routes newRoutes) {
        return after(event, replenishment, settlements, status, newRoutes);
    }

    /** The state after one more event that has left these rules as given, and no credit other than it was. */
    private WalletState after(
            WalletEvent event,
            Replenishment newReplenishment,
            Settlements newSettlements,
            WalletStatus newStatus,
            Routes newRoutes) {
        return new WalletState(
                id,
                accountId,
                currency,
                zone,
                version + 1,
                usageEvents + event.usageEvents(),
                instantOf(event),
                grants,
                grantIds,
                overdraft,
                overdraftLimit,
                holds,
                reversals,
                newReplenishment,
                newSettlements,
                newStatus,
                newRoutes,
                consumption,
                ends);
    }

    /** The same with what changes seldom, which costs a second copy. */
    WalletState with(GrantIds newGrantIds, Money newLimit, Map<Reversal.Key, Reversal> newReversals) {
        return new WalletState(
                id,
                accountId,
                currency,
                zone,
                version,
                usageEvents,
                recordedAt,
                grants,
                newGrantIds,
                overdraft,
                newLimit,
                holds,
                newReversals,
                replenishment,
                settlements,
                status,
                routes,
                consumption,
                ends);
    }

    /** The same with what it remembers; most events change nothing of that. */
    WalletState with(Consumption newConsumption, Ends newEnds, Replenishment newReplenishment) {
        return newConsumption == consumption && newEnds == ends && newReplenishment == replenishment
                ? this
                : new WalletState(
                        id,
                        accountId,
                        currency,
                        zone,
                        version,
                        usageEvents,
                        recordedAt,
                        grants,
                        grantIds,
                        overdraft,
                        overdraftLimit,
                        holds,
                        reversals,
                        newReplenishment,
                        settlements,
                        status,
                        routes,
                        newConsumption,
                        newEnds);
    }

    /** Old histories have events that are a moment earlier than the one before. */
    private Instant instantOf(WalletEvent event) {
        return timeAt(event.header().recordedAt());
    }
}
