package io.drawdown.wallet.domain;

import static java.util.Objects.requireNonNull;

import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentPolicyChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;
import java.util.ArrayList;
import java.util.List;

/** What a wallet does about a command: pure, from state and command to events. No events: nothing changes. */
final class Decisions {

    /** Where in the burn order bought credit stands; given credit may choose. */
    static final int DEFAULT_PRIORITY = 50;

    private Decisions() {}

    static WalletOpened open(OpenWallet command) {
        var header = new EventHeader(command.walletId(), command.accountId(), 0, command.at());
        return new WalletOpened(header, command.currency());
    }

    /** @throws WalletRejection if the wallet refuses */
    static List<WalletEvent> decide(WalletState wallet, WalletCommand command) {
        return switch (command) {
            case OpenWallet _ -> throw new IllegalStateException("Wallet " + wallet.id() + " is open already");
            case ChangeReplenishmentPolicy change -> decide(wallet, change);
            case GiveCredit give -> decide(wallet, give);
            case CreditPaidInvoice invoice -> decide(wallet, invoice);
            case FailReplenishment failure -> decide(wallet, failure);
            case DrawDown drawDown -> decide(wallet, drawDown);
        };
    }

    private static List<WalletEvent> decide(WalletState wallet, ChangeReplenishmentPolicy command) {
        var policy = command.policy();
        requireCurrency(wallet, policy.amount());
        if (wallet.replenishment().policy().equals(policy)) {
            return List.of();
        }
        return List.of(new ReplenishmentPolicyChanged(
                header(wallet, command),
                policy.enabled(),
                policy.threshold().amount(),
                policy.amount().amount()));
    }

    private static List<WalletEvent> decide(WalletState wallet, GiveCredit command) {
        if (wallet.grantIds().contains(command.grantId())) {
            return List.of();
        }
        requireGrantable(wallet, command);
        return List.of(credit(
                wallet,
                command,
                new Credit(
                        command.grantId(),
                        command.amount(),
                        Money.zero(wallet.currency()),
                        GrantKind.PROMOTIONAL,
                        command.priority(),
                        command.expiresAt(),
                        new GrantCause.Given(command.reason()))));
    }

    private static List<WalletEvent> decide(WalletState wallet, CreditPaidInvoice command) {
        var events = new ArrayList<WalletEvent>();
        var state = wallet;
        for (var line : command.lines()) {
            var grantId = GrantId.ofInvoiceLine(line.lineId());
            if (!state.grantIds().contains(grantId)) {
                requireCurrency(wallet, line.amount());
                var granted = credit(state, command, bought(command, line, grantId));
                events.add(granted);
                state = WalletState.evolve(state, granted);
            }
        }
        if (state.replenishment().isPending(command.replenishmentId())) {
            events.add(paid(state, command));
        }
        return events;
    }

    private static List<WalletEvent> decide(WalletState wallet, FailReplenishment command) {
        var replenishment = wallet.replenishment();
        if (!replenishment.isPending(command.replenishmentId())) {
            return List.of();
        }
        var pause = command.backOff().after(replenishment.failuresInRow() + 1);
        return List.of(new ReplenishSettled(
                header(wallet, command),
                command.replenishmentId(),
                ReplenishmentOutcome.FAILED,
                command.invoiceId(),
                command.reason(),
                command.detail(),
                command.at().plus(pause)));
    }

    /** Draws all lines down in one event, and asks for a top-up when that has made one due. */
    private static List<WalletEvent> decide(WalletState wallet, DrawDown command) {
        if (command.lines().isEmpty()) {
            return List.of();
        }
        var drawn = drawn(wallet, command);
        var after = WalletState.evolve(wallet, drawn);
        var available = after.availableAt(command.at());
        return after.replenishment().isDue(available, command.at())
                ? List.of(drawn, request(after, command, available))
                : List.of(drawn);
    }

    private static UsageDrawnDown drawn(WalletState wallet, DrawDown command) {
        var total = Money.zero(wallet.currency());
        for (var line : command.lines()) {
            total = total.plus(line.amount());
        }
        var plan = DrawdownPlan.of(wallet.grants(), total, command.at());
        return new UsageDrawnDown(
                header(wallet, command),
                total,
                command.lines(),
                plan.allocations(),
                plan.overdraft(),
                wallet.settledAt(command.at()).minus(total));
    }

    private static ReplenishRequested request(WalletState wallet, DrawDown command, Money available) {
        var replenishment = wallet.replenishment();
        return new ReplenishRequested(
                header(wallet, command),
                wallet.id().replenishment(replenishment.requests() + 1),
                replenishment.policy().charge(available),
                replenishment.policy().threshold(),
                available);
    }

    private static ReplenishSettled paid(WalletState wallet, CreditPaidInvoice command) {
        var pending = wallet.replenishment().pending();
        return new ReplenishSettled(
                header(wallet, command),
                requireNonNull(pending).id(),
                ReplenishmentOutcome.PAID,
                command.invoiceId(),
                null,
                null,
                null);
    }

    private static Credit bought(CreditPaidInvoice command, CreditLine line, GrantId grantId) {
        return new Credit(
                grantId,
                line.amount(),
                line.costBasis(),
                GrantKind.PAID,
                DEFAULT_PRIORITY,
                null,
                new GrantCause.PaidInvoice(command.invoiceId(), line.lineId(), command.replenishmentId()));
    }

    private static CreditGranted credit(WalletState wallet, WalletCommand command, Credit credit) {
        return new CreditGranted(
                header(wallet, command),
                credit.grantId(),
                credit.amount(),
                credit.costBasis(),
                credit.kind(),
                credit.priority(),
                command.at(),
                credit.expiresAt(),
                credit.amount().min(wallet.overdraft()),
                credit.cause(),
                wallet.settledAt(command.at()).plus(credit.amount()));
    }

    private static EventHeader header(WalletState wallet, WalletCommand command) {
        return new EventHeader(wallet.id(), wallet.accountId(), wallet.version(), command.at());
    }

    private static void requireGrantable(WalletState wallet, GiveCredit command) {
        requireCurrency(wallet, command.amount());
        if (!command.amount().isPositive()) {
            throw new WalletRejection.EmptyGrant(command.grantId(), command.amount());
        }
        if (command.expiresAt() != null && !command.expiresAt().isAfter(command.at())) {
            throw new WalletRejection.ExpiredGrant(command.grantId());
        }
    }

    private static void requireCurrency(WalletState wallet, Money amount) {
        if (!wallet.currency().equals(amount.currency())) {
            throw new WalletRejection.WrongCurrency(wallet, amount);
        }
    }
}
