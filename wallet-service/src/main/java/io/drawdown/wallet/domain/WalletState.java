package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentPolicyChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A wallet after some of its events: immutable, so that one thread may read it while another decides on it.
 *
 * @param version number of events behind it, which is the sequence of the next one
 * @param grants those with something left, in burn order
 * @param grantIds every grant there ever was: a cause must not grant twice
 * @param overdraft usage that no grant covered and no credit has repaid; not negative
 * @param replenishment how it tops itself up, and what has come of it
 */
public record WalletState(
        WalletId id,
        AccountId accountId,
        Currency currency,
        long version,
        List<Grant> grants,
        Set<GrantId> grantIds,
        Money overdraft,
        Replenishment replenishment) {

    /** The state after the first event of a wallet. */
    static WalletState of(WalletOpened event) {
        var header = event.header();
        var zero = Money.zero(event.currency());
        return new WalletState(
                header.walletId(),
                header.accountId(),
                event.currency(),
                1,
                List.of(),
                Set.of(),
                zero,
                Replenishment.none(event.currency()));
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
        return state.with(event);
    }

    /** What is left of the grants that have not expired at {@code instant}, less the overdraft. */
    public Money settledAt(Instant instant) {
        return total(grant -> !grant.hasExpiredAt(instant));
    }

    /** What may be spent at {@code instant}: as settled, but without what has not begun. Negative in overdraft. */
    public Money availableAt(Instant instant) {
        return total(grant -> grant.isSpendableAt(instant));
    }

    private Money total(Predicate<Grant> counts) {
        var total = overdraft.negated();
        for (var grant : grants) {
            if (counts.test(grant)) {
                total = total.plus(grant.remaining());
            }
        }
        return total;
    }

    private WalletState with(WalletEvent event) {
        return switch (event) {
            case WalletOpened opened -> of(opened);
            case CreditGranted granted -> credited(granted);
            case UsageDrawnDown drawn -> next(burnt(drawn.allocations()), grantIds, overdraft.plus(drawn.overdraft()));
            case ReplenishmentPolicyChanged changed -> next(replenishment.with(changed.policy(currency)));
            case ReplenishRequested requested -> next(replenishment.requested(requested));
            case ReplenishSettled settled -> next(replenishment.settled(settled));
        };
    }

    private WalletState credited(CreditGranted event) {
        var ids = new HashSet<>(grantIds);
        ids.add(event.grantId());
        return next(withGrant(event), Set.copyOf(ids), overdraft.minus(event.overdraftRepaid()));
    }

    private List<Grant> withGrant(CreditGranted event) {
        var remaining = event.amount().minus(event.overdraftRepaid());
        if (remaining.isZero()) {
            return grants;
        }
        var all = new ArrayList<>(grants);
        all.add(new Grant(
                event.grantId(),
                remaining,
                event.kind(),
                event.priority(),
                event.effectiveAt(),
                event.expiresAt(),
                event.header().recordedAt()));
        all.sort(Grant.BURN_ORDER);
        return List.copyOf(all);
    }

    private List<Grant> burnt(List<Allocation> allocations) {
        var burnt = new HashMap<GrantId, Money>();
        allocations.forEach(allocation -> burnt.put(allocation.grantId(), allocation.amount()));
        var left = new ArrayList<Grant>(grants.size());
        for (var grant : grants) {
            var amount = burnt.remove(grant.id());
            var after = amount == null ? grant : grant.burn(amount);
            if (!after.remaining().isZero()) {
                left.add(after);
            }
        }
        if (!burnt.isEmpty()) {
            throw new IllegalStateException("Wallet " + id + " has no grants " + burnt.keySet() + " that its draw-down "
                    + version + " burned; its history is damaged");
        }
        return List.copyOf(left);
    }

    private WalletState next(List<Grant> newGrants, Set<GrantId> newIds, Money newOverdraft) {
        return new WalletState(id, accountId, currency, version + 1, newGrants, newIds, newOverdraft, replenishment);
    }

    private WalletState next(Replenishment newReplenishment) {
        return new WalletState(id, accountId, currency, version + 1, grants, grantIds, overdraft, newReplenishment);
    }
}
