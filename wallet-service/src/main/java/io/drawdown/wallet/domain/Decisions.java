package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.AddWallet;
import io.drawdown.wallet.domain.WalletCommand.AdjustArrears;
import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletCommand.AwaitCustomer;
import io.drawdown.wallet.domain.WalletCommand.CaptureHold;
import io.drawdown.wallet.domain.WalletCommand.ChangeOverdraftLimit;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.ChangeSettlement;
import io.drawdown.wallet.domain.WalletCommand.ChangeStatus;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.LeaveToArrears;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.ReleaseHold;
import io.drawdown.wallet.domain.WalletCommand.RequestTopUp;
import io.drawdown.wallet.domain.WalletCommand.RouteMeter;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;

/**
 * What a wallet does about a command: pure, from state and command to events. No events: nothing changes.
 *
 * <p>What has become due comes first, so that every command meets the wallet as it is at its instant; and what the command
 * has made due (held credit that goes back to a grant which has expired) comes after it.
 */
final class Decisions {

    private Decisions() {}

    static WalletOpened open(OpenWallet command) {
        var header = new EventHeader(command.walletId(), command.accountId(), 0, command.at());
        return new WalletOpened(header, command.currency(), command.zone());
    }

    /** @throws WalletRejection if the wallet refuses */
    static Decision decide(WalletState wallet, WalletCommand command) {
        var course = new Course(wallet, command.at());
        DueMatters.settle(course);
        switch (command) {
            case OpenWallet _ -> throw new IllegalStateException("Wallet " + wallet.id() + " is open already");
            case ChangeReplenishmentPolicy change -> Replenishing.change(course, change);
            case GiveCredit give -> Crediting.give(course, give);
            case CreditPaidInvoice invoice -> Crediting.credit(course, invoice);
            case VoidGrant voiding -> Crediting.voidGrant(course, voiding);
            case RequestTopUp topUp -> Replenishing.topUp(course, topUp);
            case AwaitCustomer awaiting -> Replenishing.awaitCustomer(course, awaiting);
            case FailReplenishment failure -> Replenishing.fail(course, failure);
            case DrawDown drawDown -> Spending.drawDown(course, drawDown);
            case AddWallet add -> Routing.add(course, add);
            case RouteMeter route -> Routing.route(course, route);
            case ChangeStatus change -> Closing.change(course, change);
            case ChangeSettlement change -> Settling.change(course, change);
            case LeaveToArrears leave -> Settling.leave(course, leave);
            case AdjustArrears adjust -> Settling.adjust(course, adjust);
            case AdjustUsage adjust -> Adjusting.adjust(course, adjust);
            case ChangeOverdraftLimit change -> Holding.limit(course, change);
            case PlaceHold place -> Holding.place(course, place);
            case CaptureHold capture -> Holding.capture(course, capture);
            case ReleaseHold release -> Holding.release(course, release);
            case FollowReversal follow -> ClawingBack.follow(course, follow);
            case SettleDue _ -> {}
        }
        DueMatters.settle(course);
        Replenishing.askIfDue(course);
        return course.decision();
    }

    static void requireCurrency(WalletState wallet, Money amount) {
        if (!wallet.currency().equals(amount.currency())) {
            throw new WalletRejection.WrongCurrency(wallet, amount);
        }
    }
}
