package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.AddWallet;
import io.drawdown.wallet.domain.WalletCommand.RouteMeter;
import io.drawdown.wallet.domain.WalletEvent.MeterRouted;
import io.drawdown.wallet.domain.WalletEvent.SettlementChanged;
import io.drawdown.wallet.domain.WalletEvent.WalletAdded;

/** Which of an account's wallets pays for a meter. */
final class Routing {

    private Routing() {}

    static void add(Course course, AddWallet command) {
        requireMain(course.wallet());
        if (!course.wallet().routes().further().contains(command.added())) {
            course.record(new WalletAdded(course.header(), command.added()));
        }
    }

    private static void requireMain(WalletState wallet) {
        if (!wallet.id().isMain()) {
            throw new IllegalArgumentException("Only a main wallet knows the account's others, not " + wallet.id());
        }
    }

    /**
     * The part that one wallet has in a change of who pays: the main wallet remembers it, the one that loses the meter records
     * it, so that a draw-down decided before is refused, and how the meter settles goes along. A closed wallet that loses a meter
     * keeps how that was settled: nothing asks while another one pays, and it is set anew when the meter comes back.
     */
    static void route(Course course, RouteMeter command) {
        var id = course.wallet().id();
        requireAsExpected(course.wallet(), command);
        if (id.isMain() || id.equals(command.from())) {
            course.record(new MeterRouted(course.header(), command.meterId(), command.to()));
        }
        if (id.equals(command.from()) && course.wallet().status() != WalletStatus.CLOSED) {
            settle(course, command.meterId(), Settlement.PREPAID);
        }
        if (id.equals(command.to())) {
            settle(course, command.meterId(), command.mode());
        }
    }

    private static void requireAsExpected(WalletState wallet, RouteMeter command) {
        var payerMoved =
                wallet.id().isMain() && !wallet.payerOf(command.meterId()).equals(command.from());
        var modeMoved =
                wallet.id().equals(command.from()) && wallet.settlements().of(command.meterId()) != command.mode();
        if (payerMoved || modeMoved) {
            throw new WalletRejection.RouteMoved(command.meterId());
        }
        if (wallet.id().isMain()
                && !command.to().isMain()
                && !wallet.routes().further().contains(command.to())) {
            throw new WalletRejection.NotOfAccount(wallet, command.to());
        }
        if (wallet.id().equals(command.to())) {
            Closing.requireNotClosed(wallet);
        }
    }

    private static void settle(Course course, String meterId, Settlement mode) {
        if (course.wallet().settlements().of(meterId) != mode) {
            course.record(new SettlementChanged(course.header(), meterId, mode));
        }
    }
}
