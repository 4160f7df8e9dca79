package io.drawdown.chaos.check;

import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.WalletStatus;
import io.drawdown.events.wallet.WalletStatusChanged;
import org.apache.avro.specific.SpecificRecord;

/** What a paused or closed wallet does not do. */
final class StatusRules {

    private final Findings findings;
    private WalletStatus status = WalletStatus.OPEN;
    private boolean forfeiting;

    StatusRules(Findings findings) {
        this.findings = findings;
    }

    boolean isOpen() {
        return status == WalletStatus.OPEN;
    }

    /** Looks at an event before it changes anything. */
    void look(SpecificRecord event) {
        if (forfeiting && !(event instanceof GrantForfeited) && !closes(event)) {
            findings.violate("follows credit that was forfeited, and does not close the wallet");
        }
        forfeiting = event instanceof GrantForfeited;
        switch (event) {
            case HoldPlaced _, ReplenishRequested _ -> forbidWhen(status != WalletStatus.OPEN);
            case UsageDrawnDown _, UsageLeftToArrears _, CreditGranted _, SettlementChanged _ ->
                forbidWhen(status == WalletStatus.CLOSED);
            default -> {}
        }
    }

    private static boolean closes(SpecificRecord event) {
        return event instanceof WalletStatusChanged changed && changed.getStatus() == WalletStatus.CLOSED;
    }

    private void forbidWhen(boolean isShut) {
        if (isShut) {
            findings.violate("happens to a wallet that is " + status);
        }
    }

    /** @param inUse whether it holds something or waits for a top-up */
    void change(WalletStatusChanged changed, boolean inUse) {
        status = changed.getStatus();
        if (status == WalletStatus.CLOSED && inUse) {
            findings.violate("closes a wallet that holds something or waits for a top-up");
        }
    }
}
