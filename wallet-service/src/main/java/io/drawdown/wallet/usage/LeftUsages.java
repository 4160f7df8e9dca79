package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.UsageInArrears;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import org.springframework.stereotype.Component;

/** Usage that wallets have left to Stripe's meters, as it counts now. */
@Component
class LeftUsages {

    private final UsageMentions mentions;

    LeftUsages(UsageMentions mentions) {
        this.mentions = mentions;
    }

    /** The usage that an event has left. */
    UsageInArrears of(UsageLeftToArrears left, UsageName name) {
        var usage = UsageInArrears.in(left, name.source(), name.id()).orElseThrow();
        var header = left.header();
        for (var adjusted : mentions.arrearsAdjustments(header.walletId(), header.sequence() + 1, name)) {
            usage = usage.after(adjusted);
        }
        return usage;
    }
}
