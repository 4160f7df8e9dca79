package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How credit follows the money that paid for it: back when the payment is refunded or disputed, and in again when the dispute
 * is won.
 */
final class ClawingBack {

    private ClawingBack() {}

    /** Brings what this reversal has clawed back of a grant to what its latest state says. */
    static void follow(Course course, FollowReversal command) {
        var reversed = command.reversed();
        var wallet = course.wallet();
        if (!wallet.grantIds().contains(reversed.grantId())) {
            throw new WalletRejection.UnknownGrant(wallet, reversed.grantId());
        }
        var before = before(wallet, command);
        if (wallet.reversals().containsKey(before.key()) && before.seenAt().isAfter(command.seenAt())) {
            return;
        }
        var had = before.credit();
        var others = taken(wallet, reversed.grantId(), Reversal::credit).minus(had);
        var wanted = reversed.credit().min(reversed.amount().minus(others));
        if (had.isLessThan(wanted)) {
            clawBack(course, command, wanted.minus(had));
        } else if (wanted.isLessThan(had)) {
            giveBack(course, command, had.minus(wanted));
        }
    }

    private static Reversal before(WalletState wallet, FollowReversal command) {
        return wallet.reversal(
                new Reversal.Key(command.reversalId(), command.reversed().grantId()));
    }

    /** What all reversals have taken of a grant. */
    static Money taken(WalletState wallet, GrantId id, Function<Reversal, Money> what) {
        var total = Money.zero(wallet.currency());
        for (var reversal : wallet.reversals().values()) {
            if (reversal.grantId().equals(id)) {
                total = total.plus(what.apply(reversal));
            }
        }
        return total;
    }

    /**
     * From the grant, and what it rolled over into, as far as they go; nothing for what was lost unspent; what was spent is
     * owed, and goes into overdraft.
     */
    private static void clawBack(Course course, FollowReversal command, Money credit) {
        var wallet = course.wallet();
        var id = command.reversed().grantId();
        var allocations = fromGrants(wallet, id, credit);
        var beyond = allocations.stream().map(Allocation::amount).reduce(credit, Money::minus);
        var lost = beyond.min(
                wallet.ends().lostOf(id, Money.zero(wallet.currency())).minus(taken(wallet, id, Reversal::lost)));
        var amount = credit.minus(lost);
        course.record(new CreditClawedBack(
                course.header(),
                id,
                command.reversalId(),
                command.kind(),
                amount,
                moreCostBasis(wallet, command),
                allocations,
                beyond.minus(lost),
                lost,
                command.seenAt(),
                wallet.settled().minus(amount)));
    }

    private static List<Allocation> fromGrants(WalletState wallet, GrantId id, Money credit) {
        var allocations = new ArrayList<Allocation>(1);
        var open = credit;
        for (var grant : wallet.grants()) {
            if (open.isPositive() && grant.id().origin().equals(id)) {
                var part = open.min(grant.remaining());
                allocations.add(new Allocation(grant.id(), part));
                open = open.minus(part);
            }
        }
        return List.copyOf(allocations);
    }

    /** What was lost before the money went stays lost. */
    private static void giveBack(Course course, FollowReversal command, Money credit) {
        var wallet = course.wallet();
        var before = before(wallet, command);
        var amount = credit.min(before.credit().minus(before.lost()));
        var grant = anew(command.reversed().granted(), course.at()).leaving(amount);
        course.record(new CreditGivenBack(
                course.header(),
                grant,
                command.reversalId(),
                command.kind(),
                moreCostBasis(wallet, command).negated(),
                amount.min(wallet.overdraft()).min(grant.isScoped() ? before.owed() : amount),
                credit.minus(amount),
                command.seenAt(),
                wallet.settled().plus(amount)));
    }

    /** A grant that has expired while the money was away may be spent as long as when it was given, from now on. */
    private static Grant anew(Grant granted, Instant at) {
        var expiresAt = granted.expiresAt();
        return expiresAt == null || expiresAt.isAfter(at)
                ? granted
                : granted.expiringAt(at.plus(Duration.between(granted.effectiveAt(), expiresAt)));
    }

    /** How much more of what was paid is taken back than before; negative when it came back. */
    private static Money moreCostBasis(WalletState wallet, FollowReversal command) {
        return command.reversed().costBasis().minus(before(wallet, command).costBasis());
    }
}
