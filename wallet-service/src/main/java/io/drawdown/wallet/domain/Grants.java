package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A wallet's grants in burn order, and how events change them. */
final class Grants {

    private Grants() {}

    /** With what an overdraft has left of new credit. */
    static List<Grant> with(List<Grant> grants, CreditGranted event) {
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
                event.meterIds(),
                event.header().recordedAt()));
        all.sort(Grant.BURN_ORDER);
        return Collections.unmodifiableList(all);
    }

    /** Without what one grant has lost. */
    static List<Grant> without(List<Grant> grants, GrantId grantId, Money amount) {
        return without(grants, List.of(new Allocation(grantId, amount)));
    }

    /**
     * Without what several have given.
     *
     * @param allocations in burn order
     * @throws IllegalStateException if there are no such grants, or not in this order
     */
    static List<Grant> without(List<Grant> grants, List<Allocation> allocations) {
        var left = new ArrayList<Grant>(grants.size());
        int next = 0;
        for (var grant : grants) {
            if (next < allocations.size() && allocations.get(next).grantId().equals(grant.id())) {
                var after = grant.burn(allocations.get(next++).amount());
                if (!after.remaining().isZero()) {
                    left.add(after);
                }
            } else {
                left.add(grant);
            }
        }
        if (next < allocations.size()) {
            throw new IllegalStateException("There is no grant to take " + allocations.get(next)
                    + " from, or not in this place of the burn order; the wallet's history is damaged");
        }
        return Collections.unmodifiableList(left);
    }
}
