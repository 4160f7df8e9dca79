package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.ArrearsAdjusted;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import io.drawdown.wallet.domain.WalletEvent.HoldCaptured;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.HoldReleased;
import io.drawdown.wallet.domain.WalletEvent.MeterRouted;
import io.drawdown.wallet.domain.WalletEvent.OverdraftLimitChanged;
import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import io.drawdown.wallet.domain.WalletEvent.ReplenishActionRequired;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentDisabled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentPolicyChanged;
import io.drawdown.wallet.domain.WalletEvent.SettlementChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import io.drawdown.wallet.domain.WalletEvent.WalletAdded;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;
import io.drawdown.wallet.domain.WalletEvent.WalletStatusChanged;
import java.util.HashMap;
import java.util.Map;

/**
 * What is to become of credit that nobody spends in time, and what has become of it.
 *
 * @param rollovers of grants that roll over, until they are taken back: what comes back to one that has expired rolls over too
 * @param lost how much of each grant was lost unspent, because it expired, was taken back or was forfeited; what it rolled over
 *     into counts as it
 */
record Ends(Map<GrantId, Rolling> rollovers, Map<GrantId, Money> lost) {

    static final Ends NONE = new Ends(Map.of(), Map.of());

    /** How much of a grant was lost unspent. */
    Money lostOf(GrantId id, Money zero) {
        return lost.getOrDefault(id, zero);
    }

    /** After one more event of a wallet. */
    Ends after(WalletEvent event) {
        return switch (event) {
            case CreditGranted granted -> granted.rollover() == null ? this : with(granted, granted.rollover());
            case GrantRolledOver rolled -> rolledOver(rolled);
            case GrantExpired expired -> lost(expired.grantId(), expired.amount());
            case GrantForfeited forfeited -> lost(forfeited.grantId(), forfeited.amount());
            case GrantVoided voided -> withoutRollover(voided.grantId()).lost(voided.grantId(), voided.amount());
            case WalletOpened _,
                    CreditClawedBack _,
                    CreditGivenBack _,
                    OverdraftRepaid _,
                    OverdraftLimitChanged _,
                    HoldPlaced _,
                    HoldCaptured _,
                    HoldReleased _,
                    UsageDrawnDown _,
                    UsageAdjusted _,
                    UsageLeftToArrears _,
                    ArrearsAdjusted _,
                    ReplenishmentPolicyChanged _,
                    ReplenishRequested _,
                    ReplenishActionRequired _,
                    ReplenishSettled _,
                    ReplenishmentHeldBack _,
                    ReplenishmentDisabled _,
                    WalletAdded _,
                    MeterRouted _,
                    WalletStatusChanged _,
                    SettlementChanged _ -> this;
        };
    }

    private Ends with(CreditGranted granted, Rollover rule) {
        var nothing = Money.zero(granted.amount().currency());
        return with(granted.grantId(), new Rolling(rule, granted.amount(), granted.costBasis(), nothing));
    }

    private Ends rolledOver(GrantRolledOver rolled) {
        return rollovers.containsKey(rolled.grantId())
                ? with(rolled.grantId(), rollovers.get(rolled.grantId()).plus(rolled.amount()))
                : this;
    }

    private Ends with(GrantId id, Rolling rolling) {
        var all = new HashMap<>(rollovers);
        all.put(id, rolling);
        return new Ends(Map.copyOf(all), lost);
    }

    private Ends withoutRollover(GrantId id) {
        var all = new HashMap<>(rollovers);
        all.remove(id.origin());
        return new Ends(Map.copyOf(all), lost);
    }

    private Ends lost(GrantId id, Money amount) {
        var all = new HashMap<>(lost);
        all.merge(id.origin(), amount, Money::plus);
        return new Ends(rollovers, Map.copyOf(all));
    }
}
