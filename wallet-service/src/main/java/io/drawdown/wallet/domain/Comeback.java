package io.drawdown.wallet.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * How credit comes back for usage that costs less than it did: what burns last comes back first.
 *
 * @param returned to the grants that it burned
 * @param repaid to grants that have repaid the overdraft which it went into
 * @param overdraft what is still overdrawn, and no more
 */
record Comeback(List<Grant> returned, List<Grant> repaid, Money overdraft) {

    /**
     * @param burned what the usage has burned
     * @throws WalletRejection.MoreThanBurned if it burned less
     * @throws WalletRejection.TooManyGrantsBurned if that are more grants than an event can name
     */
    static Comeback of(Money amount, Burned burned, WalletState wallet) {
        if (burned.total().isLessThan(amount)) {
            throw new WalletRejection.MoreThanBurned(amount, burned.total());
        }
        var uncovered = amount.min(burned.overdraft());
        var overdraft = uncovered.min(wallet.overdraft());
        var comeback = new Comeback(
                last(burned.lots(), amount.minus(uncovered)),
                last(wallet.consumption().repayments(), uncovered.minus(overdraft)),
                overdraft);
        if (Grants.characters(comeback.returned) + Grants.characters(comeback.repaid) > Grants.MOST_CHARACTERS) {
            throw new WalletRejection.TooManyGrantsBurned(amount);
        }
        return comeback;
    }

    /** What no grant had covered when it was used. */
    Money uncovered() {
        return Grants.sum(repaid, overdraft);
    }

    private static List<Grant> last(List<Grant> lots, Money amount) {
        var open = amount;
        var taken = new ArrayList<Grant>(1);
        for (int i = lots.size() - 1; i >= 0 && open.isPositive(); i--) {
            var part = open.min(lots.get(i).remaining());
            taken.addFirst(lots.get(i).leaving(part));
            open = open.minus(part);
        }
        if (open.isPositive()) {
            throw new WalletRejection.MoreThanBurned(amount, amount.minus(open));
        }
        return List.copyOf(taken);
    }
}
