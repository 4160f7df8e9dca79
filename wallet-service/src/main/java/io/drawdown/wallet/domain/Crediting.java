package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import java.util.List;

/** How credit comes in, and how it is taken back before it is spent. */
final class Crediting {

    /** Where in the burn order bought credit stands; given credit may choose. */
    static final int DEFAULT_PRIORITY = 50;

    private Crediting() {}

    static void give(Course course, GiveCredit command) {
        var wallet = course.wallet();
        if (!wallet.grantIds().contains(command.grantId())) {
            Closing.requireNotClosed(wallet);
            requireGrantable(course, command);
            var cause = new GrantCause.Given(command.reason());
            grant(course, new Credit(given(course, command), Money.zero(wallet.currency()), command.rollover(), cause));
        }
    }

    private static Grant given(Course course, GiveCredit command) {
        return new Grant(
                command.grantId(),
                command.amount(),
                GrantKind.PROMOTIONAL,
                command.priority(),
                command.effectiveAt() == null ? course.at() : command.effectiveAt(),
                command.expiresAt(),
                command.meterIds(),
                course.at());
    }

    static void credit(Course course, CreditPaidInvoice command) {
        for (var line : command.lines()) {
            var grantId = GrantId.ofInvoiceLine(line.lineId());
            if (!course.wallet().grantIds().contains(grantId)) {
                Closing.requireNotClosed(course.wallet());
                Decisions.requireCurrency(course.wallet(), line.amount());
                bought(course, command, line).forEach(credit -> grant(course, credit));
            }
        }
        Replenishing.settlePaid(course, command);
    }

    private static List<Credit> bought(Course course, CreditPaidInvoice command, CreditLine line) {
        var purchase = new GrantCause.PaidInvoice(command.invoiceId(), line.lineId(), command.replenishmentId());
        return line.grants(course.at(), course.wallet().zone()).stream()
                .map(grant -> credit(grant, line, purchase))
                .toList();
    }

    private static Credit credit(Grant grant, CreditLine line, GrantCause.PaidInvoice purchase) {
        var rollover = line.terms().rolloverOf(grant);
        return switch (grant.kind()) {
            case PAID -> new Credit(grant, line.costBasis(), rollover, purchase);
            case PROMOTIONAL ->
                new Credit(grant, Money.zero(grant.remaining().currency()), rollover, new GrantCause.Bonus(purchase));
        };
    }

    private static void grant(Course course, Credit credit) {
        var wallet = course.wallet();
        var grant = credit.grant();
        var amount = grant.remaining();
        course.record(new CreditGranted(
                course.header(),
                grant.id(),
                amount,
                credit.costBasis(),
                grant.kind(),
                grant.priority(),
                grant.effectiveAt(),
                grant.expiresAt(),
                grant.meterIds(),
                credit.rollover(),
                repaysOverdraft(course, grant) ? amount.min(wallet.overdraft()) : Money.zero(wallet.currency()),
                credit.cause(),
                wallet.settled().plus(amount)));
    }

    /** Credit for some meters only repays nothing: an overdraft does not remember what it was spent on. */
    private static boolean repaysOverdraft(Course course, Grant grant) {
        return !grant.isScoped() && grant.hasBegunAt(course.at());
    }

    static void voidGrant(Course course, VoidGrant command) {
        var wallet = course.wallet();
        if (!wallet.grantIds().contains(command.grantId())) {
            throw new WalletRejection.UnknownGrant(wallet, command.grantId());
        }
        if (wallet.grants().stream()
                .anyMatch(grant -> grant.id().equals(command.grantId()) && grant.kind() == GrantKind.PAID)) {
            throw new WalletRejection.BoughtGrant(command.grantId());
        }
        var left = wallet.remainingOf(command.grantId());
        if (!left.isPositive()) {
            throw isHeld(wallet, command.grantId())
                    ? new WalletRejection.HeldGrant(command.grantId())
                    : new WalletRejection.SpentGrant(command.grantId());
        }
        course.record(new GrantVoided(
                course.header(),
                command.grantId(),
                left,
                command.reason(),
                wallet.settled().minus(left)));
    }

    private static boolean isHeld(WalletState wallet, GrantId grantId) {
        return wallet.holds().open().values().stream()
                .flatMap(hold -> hold.lots().stream())
                .anyMatch(lot -> lot.id().equals(grantId));
    }

    private static void requireGrantable(Course course, GiveCredit command) {
        Decisions.requireCurrency(course.wallet(), command.amount());
        if (!command.amount().isPositive()) {
            throw new WalletRejection.EmptyGrant(command.grantId(), command.amount());
        }
        var begin = command.effectiveAt() == null ? course.at() : command.effectiveAt();
        if (command.expiresAt() != null
                && !(command.expiresAt().isAfter(begin) && command.expiresAt().isAfter(course.at()))) {
            throw new WalletRejection.ExpiredGrant(command.grantId());
        }
        requireRollover(course, command);
        requireRoom(course, command);
    }

    /** What has been paid for is granted however much there is. */
    private static void requireRoom(Course course, GiveCredit command) {
        var wallet = course.wallet();
        long taken = Grants.characters(wallet.grants())
                + wallet.holds().open().values().stream()
                        .mapToLong(hold -> Grants.characters(hold.lots()))
                        .sum();
        if (taken + Grants.characters(List.of(given(course, command))) > Grants.MOST_CHARACTERS) {
            throw new WalletRejection.TooManyGrants(wallet);
        }
    }

    private static void requireRollover(Course course, GiveCredit command) {
        if (command.rollover() == null) {
            return;
        }
        if (command.expiresAt() == null) {
            throw new WalletRejection.EndlessRollover(command.grantId());
        }
        if (command.rollover().limit() instanceof Rollover.Most(var most)) {
            Decisions.requireCurrency(course.wallet(), most);
        }
    }
}
