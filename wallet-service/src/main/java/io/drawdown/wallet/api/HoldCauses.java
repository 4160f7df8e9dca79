package io.drawdown.wallet.api;

import io.drawdown.wallet.domain.WalletEvent.HoldCaptured;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.HoldReleased;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a hold was for and what became of it, as an entry of the ledger says it. */
final class HoldCauses {

    private HoldCauses() {}

    static Map<String, Object> of(HoldPlaced placed) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("holdId", placed.holdId().value());
        cause.put("held", MoneyJson.of(placed.amount()));
        cause.put("overdraft", MoneyJson.of(placed.overdraft()));
        cause.put("expiresAt", placed.expiresAt());
        EntryJson.putIfKnown(cause, "meterId", placed.meterId());
        EntryJson.putIfKnown(cause, "reason", placed.reason());
        return cause;
    }

    static Map<String, Object> of(HoldCaptured captured) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("holdId", captured.holdId().value());
        cause.put("overdraft", MoneyJson.of(captured.overdraft()));
        EntryJson.putIfKnown(cause, "meterId", captured.meterId());
        EntryJson.putIfKnown(cause, "reason", captured.reason());
        return cause;
    }

    static Map<String, Object> of(HoldReleased released) {
        return Map.of(
                "holdId", released.holdId().value(),
                "released", MoneyJson.of(released.amount()),
                "end", released.end().name());
    }
}
