package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What claw-backs have left owed of a grant, because it was held or had been used. What comes back of it later repays this, as it is
 * what they were to take. Other debts it repays only as long as it may be spent on everything.
 */
final class Owing {

    private Owing() {}

    /** Whether claw-backs have left something owed of a grant, or of what it rolled over from. */
    static boolean isOwed(WalletState wallet, GrantId id) {
        return !wallet.reversals().isEmpty() && owed(wallet, id).isPositive();
    }

    private static Money owed(WalletState wallet, GrantId id) {
        return ClawingBack.taken(wallet, id.origin(), Reversal::owed);
    }

    /** Has what came back too late to be spent, or may not be spent on everything, repay what is owed of its own grant. */
    static void repay(Course course, Instant due) {
        for (var grant : course.wallet().grants()) {
            var wallet = course.wallet();
            if (wallet.overdraft().isPositive() && repaysNothingElse(grant, due) && isOwed(wallet, grant.id())) {
                repay(course, grant, due);
            }
        }
    }

    private static void repay(Course course, Grant grant, Instant due) {
        var wallet = course.wallet();
        var amount = grant.remaining().min(wallet.overdraft()).min(owed(wallet, grant.id()));
        course.record(new OverdraftRepaid(
                course.headerAt(due), amount, List.of(new Allocation(grant.id(), amount)), wallet.settled()));
    }

    private static boolean repaysNothingElse(Grant grant, Instant at) {
        return grant.isScoped() || grant.hasExpiredAt(at);
    }

    /** What repays an overdraft as any other credit does, and not what is owed of its own grant. */
    static List<Grant> repayingAnything(WalletState before, OverdraftRepaid repaid) {
        return Grants.lots(before.grants(), repaid.allocations()).stream()
                .filter(lot -> !repaysNothingElse(lot, repaid.header().recordedAt()))
                .toList();
    }

    /** The reversals after an overdraft was repaid: of the grants that have, less is owed. Their own debt counts first. */
    static Map<Reversal.Key, Reversal> after(WalletState before, OverdraftRepaid repaid) {
        if (before.reversals().isEmpty()) {
            return before.reversals();
        }
        var reversals = new HashMap<>(before.reversals());
        for (var lot : Grants.lots(before.grants(), repaid.allocations())) {
            oweLess(reversals, lot.id().origin(), lot.remaining());
        }
        return Map.copyOf(reversals);
    }

    /** The reversals after credit has come in again: what of it repays more than its own reversal left owed counts for the others. */
    static Map<Reversal.Key, Reversal> after(WalletState before, CreditGivenBack given) {
        var reversal = before.reversal(new Reversal.Key(given.reversalId(), given.grantId()));
        var reversals = new HashMap<>(before.reversals());
        reversals.put(reversal.key(), reversal.after(given));
        var own = given.overdraftRepaid().min(reversal.owed());
        oweLess(reversals, given.grantId(), given.overdraftRepaid().minus(own));
        return Map.copyOf(reversals);
    }

    /** Of several reversals in the order of their ids: any order would do, but it must be the same at each replay. */
    private static void oweLess(Map<Reversal.Key, Reversal> reversals, GrantId id, Money amount) {
        var open = amount;
        for (var reversal : Reversal.of(id, reversals.values())) {
            var part = open.min(reversal.owed());
            reversals.put(reversal.key(), reversal.owingLess(part));
            open = open.minus(part);
        }
    }
}
