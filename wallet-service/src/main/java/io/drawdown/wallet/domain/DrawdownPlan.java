package io.drawdown.wallet.domain;

import java.time.Instant;
import java.util.List;

/**
 * How an amount is spread over a wallet's grants. Pure: same grants, amounts and instant, same plan.
 *
 * @param allocations what each grant gives, in burn order
 * @param overdraft what no grant covers; zero when all is covered
 */
record DrawdownPlan(List<Allocation> allocations, Money overdraft) {

    /**
     * For usage, line after line: cutting the lines into several plans changes nothing.
     *
     * @param grants in burn order
     * @param total sum of the lines
     */
    static DrawdownPlan of(List<Grant> grants, List<UsageLine> lines, Money total, Instant at) {
        if (noneIsScoped(grants)) {
            return forAnything(grants, total, at);
        }
        var burning = new Burning(grants, at);
        var overdraft = Money.zero(total.currency());
        for (var line : lines) {
            overdraft = overdraft.plus(burning.take(line.amount(), line.meterId()));
        }
        return new DrawdownPlan(burning.allocations(), overdraft);
    }

    /** For no meter in particular: from grants that may be spent on every meter. */
    static DrawdownPlan forAnything(List<Grant> grants, Money amount, Instant at) {
        var burning = new Burning(grants, at);
        var overdraft = burning.take(amount, null);
        return new DrawdownPlan(burning.allocations(), overdraft);
    }

    private static boolean noneIsScoped(List<Grant> grants) {
        for (var grant : grants) {
            if (grant.isScoped()) {
                return false;
            }
        }
        return true;
    }
}
