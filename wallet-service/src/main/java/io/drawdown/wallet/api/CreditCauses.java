package io.drawdown.wallet.api;

import io.drawdown.wallet.domain.GrantCause;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import java.util.LinkedHashMap;
import java.util.Map;

/** What credit came from, went to or was lost by, as an entry of the ledger says it. */
final class CreditCauses {

    private CreditCauses() {}

    static Map<String, Object> of(CreditGranted granted) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("grantId", granted.grantId().value());
        cause.put("kind", granted.kind().name());
        if (!granted.meterIds().isEmpty()) {
            cause.put("meterIds", granted.meterIds());
        }
        cause.put("costBasis", MoneyJson.of(granted.costBasis()));
        cause.put("overdraftRepaid", MoneyJson.of(granted.overdraftRepaid()));
        switch (granted.cause()) {
            case GrantCause.PaidInvoice purchase -> putPurchase(cause, purchase);
            case GrantCause.Bonus(var purchase) -> {
                putPurchase(cause, purchase);
                cause.put("bonusOf", GrantId.ofInvoiceLine(purchase.lineId()).value());
            }
            case GrantCause.Given(var reason) -> cause.put("reason", reason);
        }
        return cause;
    }

    private static void putPurchase(Map<String, Object> cause, GrantCause.PaidInvoice purchase) {
        var replenishmentId = purchase.replenishmentId();
        cause.put("invoiceId", purchase.invoiceId());
        cause.put("invoiceLineId", purchase.lineId());
        EntryJson.putIfKnown(cause, "replenishmentId", replenishmentId == null ? null : replenishmentId.value());
    }

    static Map<String, Object> of(GrantRolledOver rolled) {
        return Map.of(
                "grantId", rolled.grantId().value(),
                "intoGrantId", rolled.into().id().value(),
                "rolledOver", MoneyJson.of(rolled.amount()),
                "costBasis", MoneyJson.of(rolled.costBasis()));
    }

    static Map<String, Object> of(GrantExpired expired) {
        return Map.of("grantId", expired.grantId().value());
    }

    static Map<String, Object> of(GrantForfeited forfeited) {
        return Map.of("grantId", forfeited.grantId().value());
    }

    static Map<String, Object> of(GrantVoided voided) {
        return Map.of("grantId", voided.grantId().value(), "reason", voided.reason());
    }

    static Map<String, Object> of(CreditClawedBack clawed) {
        return Map.of(
                "grantId", clawed.grantId().value(),
                "reversalId", clawed.reversalId(),
                "kind", clawed.kind(),
                "costBasis", MoneyJson.of(clawed.costBasis()),
                "overdraft", MoneyJson.of(clawed.overdraft()),
                "lost", MoneyJson.of(clawed.lost()));
    }

    static Map<String, Object> of(CreditGivenBack given) {
        return Map.of(
                "grantId", given.grantId().value(),
                "reversalId", given.reversalId(),
                "kind", given.kind(),
                "costBasis", MoneyJson.of(given.costBasis()),
                "overdraftRepaid", MoneyJson.of(given.overdraftRepaid()),
                "lost", MoneyJson.of(given.lost()));
    }
}
