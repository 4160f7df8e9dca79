package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.ChangeStatus;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.WalletStatusChanged;

/** How a wallet is paused, closed and opened again, and what it refuses meanwhile. */
final class Closing {

    private Closing() {}

    static void change(Course course, ChangeStatus command) {
        if (course.wallet().status() == command.status()) {
            return;
        }
        if (command.status() == WalletStatus.CLOSED) {
            requireIdle(course.wallet());
            if (command.forfeit()) {
                forfeit(course);
            }
        }
        course.record(new WalletStatusChanged(course.header(), command.status(), command.reason()));
    }

    private static void requireIdle(WalletState wallet) {
        if (!wallet.holds().open().isEmpty()) {
            throw new WalletRejection.InUse(wallet, "has open holds; capture or release them");
        }
        if (wallet.replenishment().pending() != null) {
            throw new WalletRejection.InUse(wallet, "has a top-up under way; wait until it is paid or has failed");
        }
    }

    private static void forfeit(Course course) {
        for (var grant : course.wallet().grants()) {
            course.record(new GrantForfeited(
                    course.header(),
                    grant.id(),
                    grant.remaining(),
                    course.wallet().settled().minus(grant.remaining())));
        }
    }

    /** For what spends credit that may be needed otherwise. */
    static void requireOpen(WalletState wallet) {
        requireNotClosed(wallet);
        if (wallet.status() == WalletStatus.PAUSED) {
            throw new WalletRejection.Paused(wallet);
        }
    }

    static void requireNotClosed(WalletState wallet) {
        if (wallet.status() == WalletStatus.CLOSED) {
            throw new WalletRejection.Closed(wallet);
        }
    }
}
