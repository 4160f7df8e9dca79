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
            grant(
                    course,
                    new Credit(
                            command.grantId(),
                            command.amount(),
                            Money.zero(wallet.currency()),
                            GrantKind.PROMOTIONAL,
                            command.priority(),
                            command.effectiveAt() == null ? course.at() : command.effectiveAt(),
                            command.expiresAt(),
                            command.meterIds(),
                            new GrantCause.Given(command.reason())));
        }
    }

    static void credit(Course course, CreditPaidInvoice command) {
        for (var line : command.lines()) {
            var grantId = GrantId.ofInvoiceLine(line.lineId());
            if (!course.wallet().grantIds().contains(grantId)) {
                Closing.requireNotClosed(course.wallet());
                Decisions.requireCurrency(course.wallet(), line.amount());
                grant(course, bought(course, command, line));
            }
        }
        Replenishing.settlePaid(course, command);
    }

    private static Credit bought(Course course, CreditPaidInvoice command, CreditLine line) {
        return new Credit(
                GrantId.ofInvoiceLine(line.lineId()),
                line.amount(),
                line.costBasis(),
                GrantKind.PAID,
                DEFAULT_PRIORITY,
                course.at(),
                null,
                List.of(),
                new GrantCause.PaidInvoice(command.invoiceId(), line.lineId(), command.replenishmentId()));
    }

    private static void grant(Course course, Credit credit) {
        var wallet = course.wallet();
        course.record(new CreditGranted(
                course.header(),
                credit.grantId(),
                credit.amount(),
                credit.costBasis(),
                credit.kind(),
                credit.priority(),
                credit.effectiveAt(),
                credit.expiresAt(),
                credit.meterIds(),
                repaysOverdraft(course, credit)
                        ? credit.amount().min(wallet.overdraft())
                        : Money.zero(wallet.currency()),
                credit.cause(),
                wallet.settled().plus(credit.amount())));
    }

    /** Credit for some meters only repays nothing: an overdraft does not remember what it was spent on. */
    private static boolean repaysOverdraft(Course course, Credit credit) {
        return credit.meterIds().isEmpty() && !credit.effectiveAt().isAfter(course.at());
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
            throw new WalletRejection.SpentGrant(command.grantId());
        }
        course.record(new GrantVoided(
                course.header(),
                command.grantId(),
                left,
                command.reason(),
                wallet.settled().minus(left)));
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
    }
}
