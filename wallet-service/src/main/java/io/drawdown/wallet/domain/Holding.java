package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.CaptureHold;
import io.drawdown.wallet.domain.WalletCommand.ChangeOverdraftLimit;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.ReleaseHold;
import io.drawdown.wallet.domain.WalletEvent.HoldCaptured;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.HoldReleased;
import io.drawdown.wallet.domain.WalletEvent.OverdraftLimitChanged;
import java.time.Instant;

/** How credit is reserved, and what becomes of what is reserved. */
final class Holding {

    private Holding() {}

    static void limit(Course course, ChangeOverdraftLimit command) {
        Decisions.requireCurrency(course.wallet(), command.limit());
        if (!course.wallet().overdraftLimit().equals(command.limit())) {
            course.record(new OverdraftLimitChanged(course.header(), command.limit()));
        }
    }

    static void place(Course course, PlaceHold command) {
        var wallet = course.wallet();
        if (wallet.holds().find(command.holdId()) != null) {
            return;
        }
        requirePlaceable(course, command);
        var burning = new Burning(wallet.grants(), course.at());
        var uncovered = burning.take(command.amount(), command.meterId());
        course.record(new HoldPlaced(
                course.header(),
                command.holdId(),
                command.amount(),
                burning.allocations(),
                uncovered,
                command.meterId(),
                command.expiresAt(),
                command.reason(),
                wallet.settled()));
    }

    private static void requirePlaceable(Course course, PlaceHold command) {
        var wallet = course.wallet();
        Closing.requireOpen(wallet);
        Decisions.requireCurrency(wallet, command.amount());
        if (!command.amount().isPositive()) {
            throw new WalletRejection.EmptyHold(command.amount());
        }
        if (!command.expiresAt().isAfter(course.at())) {
            throw new WalletRejection.ExpiredHold();
        }
        if (command.meterId() != null && wallet.settlements().of(command.meterId()) == Settlement.ARREARS) {
            throw new WalletRejection.SettledInArrears(wallet, command.meterId());
        }
        requireRoom(course, command);
    }

    private static void requireRoom(Course course, PlaceHold command) {
        var wallet = course.wallet();
        var spendable = wallet.spendableAt(course.at(), command.meterId());
        if (spendable.isLessThan(command.amount())) {
            throw new WalletRejection.InsufficientCredit(wallet, command.amount(), spendable);
        }
        if (wallet.holds().open().size() >= Holds.MOST) {
            throw new WalletRejection.TooManyHolds(wallet);
        }
    }

    static void capture(Course course, CaptureHold command) {
        var hold = open(course, command.holdId());
        Decisions.requireCurrency(course.wallet(), command.amount());
        if (!command.amount().isPositive() || hold.amount().isLessThan(command.amount())) {
            throw new WalletRejection.CaptureOutOfRange(hold, command.amount());
        }
        var plan = hold.plan(command.amount());
        course.record(new HoldCaptured(
                course.header(),
                hold.id(),
                command.amount(),
                plan.allocations(),
                plan.overdraft(),
                hold.meterId(),
                command.reason(),
                course.wallet().settled().minus(command.amount())));
        var rest = course.wallet().holds().find(hold.id());
        if (rest != null && !command.keepRest()) {
            release(course, rest, HoldEnd.CAPTURED, course.at());
        }
    }

    static void release(Course course, ReleaseHold command) {
        release(course, open(course, command.holdId()), HoldEnd.RELEASED, course.at());
    }

    /** Gives back what is left of a hold, to the grants that it came from. */
    static void release(Course course, Hold hold, HoldEnd end, Instant at) {
        course.record(new HoldReleased(
                course.headerAt(at),
                hold.id(),
                hold.amount(),
                hold.allocations(),
                hold.uncovered(),
                end,
                course.wallet().settled()));
    }

    private static Hold open(Course course, HoldId id) {
        var hold = course.wallet().holds().find(id);
        if (hold == null) {
            throw new WalletRejection.UnknownHold(course.wallet(), id);
        }
        return hold;
    }
}
