package io.drawdown.wallet.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What usage has taken out of a wallet.
 *
 * @param lots grants, each with what it gave as its remainder, in the order in which they burn now
 * @param overdraft what no grant covered
 */
public record Burned(List<Grant> lots, Money overdraft) {

    public Burned {
        lots = Grants.inBurnOrder(lots);
    }

    static Burned nothing(Money zero) {
        return new Burned(List.of(), zero);
    }

    /** Its cost. */
    public Money total() {
        return Grants.sum(lots, overdraft);
    }

    /** With what other usage has burned besides. */
    Burned plus(Burned other) {
        return new Burned(Grants.returning(lots, other.lots), overdraft.plus(other.overdraft));
    }

    /** After some of it has come back. */
    Burned minus(Comeback comeback) {
        return new Burned(Grants.less(lots, comeback.returned()), overdraft.minus(comeback.uncovered()));
    }

    Burned withExpiry(GrantId grantId, Instant at) {
        return new Burned(Grants.expiring(lots, grantId, at), overdraft);
    }

    /**
     * What each line of a draw-down has burned. Line after line takes what it needs from the lots it may be spent on: that
     * is how the draw-down was decided, and what all lines took together leaves no other way.
     *
     * @param lots what all of them took, in the order in which it burned
     */
    static List<Burned> shares(List<UsageLine> lines, List<Grant> lots) {
        var left = new ArrayList<>(lots);
        var shares = new ArrayList<Burned>(lines.size());
        for (var line : lines) {
            shares.add(share(line, left));
        }
        return shares;
    }

    private static Burned share(UsageLine line, List<Grant> left) {
        var lots = new ArrayList<Grant>(1);
        var open = line.amount();
        for (int i = 0; i < left.size() && open.isPositive(); i++) {
            var lot = left.get(i);
            if (lot.covers(line.meterId()) && lot.remaining().isPositive()) {
                var taken = open.min(lot.remaining());
                lots.add(lot.leaving(taken));
                left.set(i, lot.burn(taken));
                open = open.minus(taken);
            }
        }
        return new Burned(lots, open);
    }
}
