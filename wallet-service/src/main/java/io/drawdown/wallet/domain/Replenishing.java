package io.drawdown.wallet.domain;

import static java.util.Objects.requireNonNull;

import io.drawdown.wallet.domain.WalletCommand.AwaitCustomer;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletCommand.RequestTopUp;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.ReplenishActionRequired;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentDisabled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentPolicyChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import io.drawdown.wallet.domain.WalletEvent.WalletStatusChanged;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a wallet asks for a top-up, and how one ends. */
final class Replenishing {

    private Replenishing() {}

    static void change(Course course, ChangeReplenishmentPolicy command) {
        var policy = command.policy();
        var replenishment = course.wallet().replenishment();
        Decisions.requireCurrency(course.wallet(), policy.amount());
        if (!replenishment.policy().equals(policy) || replenishment.disabled()) {
            Closing.requireNotClosed(course.wallet());
            requireChargeable(policy.amount());
            requireChargeable(policy.target());
            requirePossible(policy.recurrence(), policy.monthlyCap());
            course.record(new ReplenishmentPolicyChanged(course.header(), policy));
            if (!command.opening()) {
                askForRegular(course);
                askForThreshold(course); // Who is told no uses nothing that would ask.
            }
        }
    }

    private static void requirePossible(@Nullable Recurrence regular, @Nullable Money cap) {
        if (regular != null) {
            requireChargeable(regular.amount());
            if (cap != null && cap.isLessThan(regular.amount())) {
                throw new WalletRejection.RegularBeyondCap(regular.amount(), cap);
            }
        }
    }

    private static void requireChargeable(@Nullable Money amount) {
        if (amount != null && !amount.isWholeInMinorUnits()) {
            throw new WalletRejection.UnchargeableAmount(amount);
        }
    }

    /**
     * Asks for a regular one at its instant; for another when something just decided has left less to spend than the threshold,
     * when a top-up has ended, or a wait or a pause is over. Setting a policy asks by itself.
     */
    static void askIfDue(Course course) {
        askForRegular(course);
        var waited = course.wallet().replenishment().waits().threshold() != null;
        if (waited || course.events().stream().anyMatch(Replenishing::mayLeaveTooLittle)) {
            askForThreshold(course);
        }
    }

    /** What is a reason to ask; that credit went back with its money is none. */
    private static boolean mayLeaveTooLittle(WalletEvent event) {
        return usesOrLoses(event)
                || event instanceof UsageAdjusted
                || event instanceof WalletStatusChanged
                // What was used while it was pending asked for nothing.
                || event instanceof ReplenishSettled;
    }

    /** Whether something was used or lost, or would have been drawn down if there had been credit. */
    static boolean usesOrLoses(WalletEvent event) {
        return switch (event) {
            case UsageDrawnDown _, HoldPlaced _ -> true;
            case GrantExpired _, GrantVoided _, GrantForfeited _ -> true;
            case UsageAdjusted adjusted -> adjusted.amount().isPositive();
            case UsageLeftToArrears left -> left.mode() == Settlement.PREPAID_THEN_ARREARS;
            default -> false;
        };
    }

    /** It goes before any other; where the cap holds it back, that may fit. */
    private static void askForRegular(Course course) {
        var replenishment = course.wallet().replenishment();
        var due = replenishment.regularToAskFor(course.at());
        if (due != null && isOpen(course)) {
            ask(course, requireNonNull(replenishment.policy().recurrence()).amount(), due);
        }
    }

    private static void askForThreshold(Course course) {
        var replenishment = course.wallet().replenishment();
        var available = course.wallet().availableAt(course.at());
        if (replenishment.isDue(available, course.at()) && isOpen(course)) {
            ask(course, replenishment.policy().charge(available), null);
        }
    }

    private static boolean isOpen(Course course) {
        return course.wallet().status() == WalletStatus.OPEN;
    }

    private static void ask(Course course, Money charge, @Nullable Instant scheduledFor) {
        course.record(
                course.wallet().replenishment().exceedsCap(charge, course.at())
                        ? heldBack(course, charge, scheduledFor)
                        : request(course, charge, false, scheduledFor));
    }

    private static ReplenishmentHeldBack heldBack(Course course, Money charge, @Nullable Instant scheduledFor) {
        var replenishment = course.wallet().replenishment();
        var month = replenishment.monthOf(course.at());
        return new ReplenishmentHeldBack(
                course.header(),
                charge,
                replenishment.chargedIn(month),
                requireNonNull(replenishment.policy().monthlyCap()),
                replenishment.zone().endOf(month),
                scheduledFor);
    }

    static void topUp(Course course, RequestTopUp command) {
        var wallet = course.wallet();
        Closing.requireOpen(wallet);
        Decisions.requireCurrency(wallet, command.amount());
        requireChargeable(command.amount());
        if (!command.amount().isPositive()) {
            throw new WalletRejection.EmptyTopUp(command.amount());
        }
        var pending = wallet.replenishment().pending();
        if (pending != null) {
            throw new WalletRejection.ReplenishmentPending(pending);
        }
        course.record(request(course, command.amount(), true, null));
    }

    private static ReplenishRequested request(
            Course course, Money amount, boolean manual, @Nullable Instant scheduledFor) {
        var wallet = course.wallet();
        var replenishment = wallet.replenishment();
        return new ReplenishRequested(
                course.header(),
                wallet.id().replenishment(replenishment.requests() + 1),
                amount,
                replenishment.policy().threshold(),
                wallet.availableAt(course.at()),
                manual,
                scheduledFor);
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

    static void awaitCustomer(Course course, AwaitCustomer command) {
        var replenishment = course.wallet().replenishment();
        if (replenishment.isPending(command.replenishmentId())
                && !command.customerWait()
                        .equals(requireNonNull(replenishment.pending()).awaiting())) {
            course.record(
                    new ReplenishActionRequired(course.header(), command.replenishmentId(), command.customerWait()));
        }
    }

    static void fail(Course course, FailReplenishment command) {
        var replenishment = course.wallet().replenishment();
        if (!replenishment.isPending(command.replenishmentId())) {
            return;
        }
        var manual = requireNonNull(replenishment.pending()).manual();
        var pause = command.backOff().after(replenishment.failuresInRow() + 1);
        course.record(new ReplenishSettled(
                course.header(),
                command.replenishmentId(),
                ReplenishmentOutcome.FAILED,
                command.invoiceId(),
                command.reason(),
                command.detail(),
                manual ? null : course.at().plus(pause)));
        if (!manual) {
            disableIfHopeless(course, command);
        }
    }

    private static void disableIfHopeless(Course course, FailReplenishment command) {
        var replenishment = course.wallet().replenishment();
        var most = replenishment.policy().disableAfter();
        if (most > 0 && replenishment.failuresInRow() >= most && !replenishment.disabled()) {
            course.record(new ReplenishmentDisabled(
                    course.header(), replenishment.failuresInRow(), command.reason(), command.detail()));
        }
    }
}
