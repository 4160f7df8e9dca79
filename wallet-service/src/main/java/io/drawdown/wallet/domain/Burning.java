package io.drawdown.wallet.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes amounts out of grants in burn order, one after another. */
final class Burning {

    private final List<Grant> grants;
    private final Instant at;
    private final @Nullable Money[] taken;

    /** @param grantsInBurnOrder sorted by {@link Grant#BURN_ORDER} */
    Burning(List<Grant> grantsInBurnOrder, Instant at) {
        this.grants = grantsInBurnOrder;
        this.at = at;
        this.taken = new Money[grantsInBurnOrder.size()];
    }

    /**
     * Takes as much of {@code amount} as there is.
     *
     * @param meterId what it is spent on; null takes only from grants that may be spent on everything
     * @return what no grant covers
     */
    Money take(Money amount, @Nullable String meterId) {
        var open = amount;
        for (int i = 0; i < taken.length && open.isPositive(); i++) {
            var grant = grants.get(i);
            if (grant.isSpendableAt(at) && grant.covers(meterId)) {
                open = open.minus(takeFrom(i, grant, open));
            }
        }
        return open;
    }

    /** Whether all of {@code amount} could be taken. */
    boolean covers(Money amount, @Nullable String meterId) {
        var open = amount;
        for (int i = 0; i < taken.length && open.isPositive(); i++) {
            var grant = grants.get(i);
            if (grant.isSpendableAt(at) && grant.covers(meterId)) {
                open = open.minus(open.min(left(i, grant)));
            }
        }
        return !open.isPositive();
    }

    private Money left(int i, Grant grant) {
        var before = taken[i];
        return before == null ? grant.remaining() : grant.remaining().minus(before);
    }

    private Money takeFrom(int i, Grant grant, Money wanted) {
        var before = taken[i];
        var amount = wanted.min(left(i, grant));
        taken[i] = before == null ? amount : before.plus(amount);
        return amount;
    }

    /** What each grant has given, in burn order; grants that gave nothing are not among them. */
    List<Allocation> allocations() {
        var allocations = new ArrayList<Allocation>(2);
        for (int i = 0; i < taken.length; i++) {
            var amount = taken[i];
            if (amount != null && amount.isPositive()) {
                allocations.add(new Allocation(grants.get(i).id(), amount));
            }
        }
        return List.copyOf(allocations);
    }
}
