package io.drawdown.wallet.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How one amount is spread over a wallet's grants. Pure: same grants, amount and instant, same plan.
 *
 * @param allocations what each grant gives, in burn order
 * @param overdraft what no grant covers; zero when all is covered
 */
record DrawdownPlan(List<Allocation> allocations, Money overdraft) {

    /** @param grantsInBurnOrder sorted by {@link Grant#BURN_ORDER} */
    static DrawdownPlan of(List<Grant> grantsInBurnOrder, Money amount, Instant at) {
        var allocations = new ArrayList<Allocation>(2);
        var open = amount;
        for (var grant : grantsInBurnOrder) {
            if (open.isZero()) {
                break;
            }
            if (grant.isSpendableAt(at)) {
                var taken = open.min(grant.remaining());
                allocations.add(new Allocation(grant.id(), taken));
                open = open.minus(taken);
            }
        }
        return new DrawdownPlan(List.copyOf(allocations), open);
    }
}
