package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import org.jspecify.annotations.Nullable;

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
        var before = wallet.reversals().get(new Reversal.Key(command.reversalId(), reversed.grantId()));
        if (before != null && before.seenAt().isAfter(command.seenAt())) {
            return;
        }
        var had = before == null ? Money.zero(wallet.currency()) : before.credit();
        var wanted = reversed.credit().min(reversed.amount().minus(clawedBackByOthers(wallet, command)));
        if (had.isLessThan(wanted)) {
            clawBack(course, command, wanted.minus(had), before);
        } else if (wanted.isLessThan(had)) {
            giveBack(course, command, had.minus(wanted), before);
        }
    }

    private static Money clawedBackByOthers(WalletState wallet, FollowReversal command) {
        var total = Money.zero(wallet.currency());
        for (var reversal : wallet.reversals().values()) {
            if (reversal.grantId().equals(command.reversed().grantId())
                    && !reversal.reversalId().equals(command.reversalId())) {
                total = total.plus(reversal.credit());
            }
        }
        return total;
    }

    /** From the grant as far as it goes; what was spent of it already is owed, and goes into overdraft. */
    private static void clawBack(Course course, FollowReversal command, Money amount, @Nullable Reversal before) {
        var wallet = course.wallet();
        var reversed = command.reversed();
        var fromGrant = amount.min(wallet.remainingOf(reversed.grantId()));
        course.record(new CreditClawedBack(
                course.header(),
                reversed.grantId(),
                command.reversalId(),
                command.kind(),
                amount,
                costBasis(command, before),
                amount.minus(fromGrant),
                command.seenAt(),
                wallet.settled().minus(amount)));
    }

    private static void giveBack(Course course, FollowReversal command, Money amount, @Nullable Reversal before) {
        var wallet = course.wallet();
        var reversed = command.reversed();
        course.record(new CreditGivenBack(
                course.header(),
                reversed.grantId(),
                command.reversalId(),
                command.kind(),
                amount,
                costBasis(command, before).negated(),
                amount.min(wallet.overdraft()),
                reversed.effectiveAt(),
                command.seenAt(),
                wallet.settled().plus(amount)));
    }

    /** How much more of what was paid is taken back than before; negative when it came back. */
    private static Money costBasis(FollowReversal command, @Nullable Reversal before) {
        var taken = command.reversed().takenBack().min(command.reversed().paid());
        return before == null ? taken : taken.minus(before.costBasis());
    }
}
