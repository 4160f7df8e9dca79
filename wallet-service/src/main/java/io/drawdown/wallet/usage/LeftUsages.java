package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.UsageInArrears;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import io.drawdown.wallet.ledger.WalletHistory;
import org.springframework.stereotype.Component;

/** Usage that wallets have left to Stripe's meters, as it counts now. */
@Component
class LeftUsages {

    private final WalletHistory history;

    LeftUsages(WalletHistory history) {
        this.history = history;
    }

    /** The usage that an event has left. */
    UsageInArrears of(UsageLeftToArrears left, UsageName name) {
        var usage = UsageInArrears.in(left, name.source(), name.id()).orElseThrow();
        var header = left.header();
        for (var adjusted : history.arrearsAdjustmentsAfter(header.walletId(), header.sequence())) {
            if (name.is(adjusted.adjustment().source(), adjusted.adjustment().id())) {
                usage = usage.after(adjusted);
            }
        }
        return usage;
    }
}
