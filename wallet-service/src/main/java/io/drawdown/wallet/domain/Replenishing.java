package io.drawdown.wallet.domain;

import static java.util.Objects.requireNonNull;

import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentPolicyChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;

/** When a wallet asks for a top-up, and how one ends. */
final class Replenishing {

    private Replenishing() {}

    static void change(Course course, ChangeReplenishmentPolicy command) {
        var policy = command.policy();
        Decisions.requireCurrency(course.wallet(), policy.amount());
        if (!course.wallet().replenishment().policy().equals(policy)) {
            course.record(new ReplenishmentPolicyChanged(
                    course.header(),
                    policy.enabled(),
                    policy.threshold().amount(),
                    policy.amount().amount()));
        }
    }

    /** Asks when something that was just decided has left less to spend than the threshold. */
    static void askIfDue(Course course) {
        if (course.steps().stream().noneMatch(step -> leavesLess(step.event()))) {
            return;
        }
        var wallet = course.wallet();
        var available = wallet.availableAt(course.at());
        if (wallet.replenishment().isDue(available, course.at())) {
            course.record(request(course, available));
        }
    }

    private static boolean leavesLess(WalletEvent event) {
        return event instanceof UsageDrawnDown
                || event instanceof GrantExpired
                || event instanceof GrantVoided
                || event instanceof HoldPlaced;
    }

    private static ReplenishRequested request(Course course, Money available) {
        var wallet = course.wallet();
        var replenishment = wallet.replenishment();
        return new ReplenishRequested(
                course.header(),
                wallet.id().replenishment(replenishment.requests() + 1),
                replenishment.policy().charge(available),
                replenishment.policy().threshold(),
                available);
    }

    static void settlePaid(Course course, CreditPaidInvoice command) {
        var replenishment = course.wallet().replenishment();
        if (replenishment.isPending(command.replenishmentId())) {
            course.record(new ReplenishSettled(
                    course.header(),
                    requireNonNull(replenishment.pending()).id(),
                    ReplenishmentOutcome.PAID,
                    command.invoiceId(),
                    null,
                    null,
                    null));
        }
    }

    static void fail(Course course, FailReplenishment command) {
        var replenishment = course.wallet().replenishment();
        if (!replenishment.isPending(command.replenishmentId())) {
            return;
        }
        var pause = command.backOff().after(replenishment.failuresInRow() + 1);
        course.record(new ReplenishSettled(
                course.header(),
                command.replenishmentId(),
                ReplenishmentOutcome.FAILED,
                command.invoiceId(),
                command.reason(),
                command.detail(),
                course.at().plus(pause)));
    }
}
