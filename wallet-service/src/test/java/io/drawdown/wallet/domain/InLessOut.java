package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import io.drawdown.wallet.domain.WalletEvent.HoldCaptured;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;

/** What a wallet must have settled: all that its entries say came in, less all that went out. It knows no other rule. */
final class InLessOut {

    private Money settled;

    InLessOut(Money nothing) {
        settled = nothing;
    }

    void follow(WalletEvent event) {
        settled = switch (event) {
            case CreditGranted granted -> settled.plus(granted.amount());
            case CreditGivenBack given -> settled.plus(given.amount());
            case UsageDrawnDown drawn -> settled.minus(drawn.total());
            case UsageAdjusted adjusted -> settled.minus(adjusted.amount());
            case HoldCaptured captured -> settled.minus(captured.amount());
            case CreditClawedBack clawed -> settled.minus(clawed.amount());
            case GrantExpired expired -> settled.minus(expired.amount());
            case GrantVoided voided -> settled.minus(voided.amount());
            case GrantForfeited forfeited -> settled.minus(forfeited.amount());
            default -> settled;
        };
    }

    Money settled() {
        return settled;
    }
}
