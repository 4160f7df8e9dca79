package io.drawdown.wallet.api;

import io.drawdown.wallet.domain.WalletEvent.ReplenishActionRequired;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentDisabled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentPolicyChanged;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why a top-up was asked for, held back or ended, as an entry of the ledger says it. */
final class TopUpCauses {

    private TopUpCauses() {}

    static Map<String, Object> of(ReplenishmentPolicyChanged changed) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("enabled", changed.enabled());
        cause.put("threshold", changed.threshold().toPlainString());
        cause.put("amount", changed.amount().toPlainString());
        EntryJson.putIfKnown(
                cause,
                "target",
                changed.target() == null ? null : changed.target().toPlainString());
        EntryJson.putIfKnown(
                cause,
                "monthlyCap",
                changed.monthlyCap() == null ? null : changed.monthlyCap().toPlainString());
        cause.put("minimumGapSeconds", changed.minimumGap().toSeconds());
        cause.put("disableAfter", changed.disableAfter());
        var recurrence = changed.recurrence();
        if (recurrence != null) {
            cause.put(
                    "recurrence",
                    Map.of(
                            "amount", MoneyJson.of(recurrence.amount()),
                            "every", recurrence.every().toString(),
                            "first", recurrence.first()));
        }
        return cause;
    }

    static Map<String, Object> of(ReplenishRequested requested) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("replenishmentId", requested.replenishmentId().value());
        cause.put("requested", MoneyJson.of(requested.amount()));
        cause.put("manual", requested.manual());
        cause.put("threshold", MoneyJson.of(requested.threshold()));
        cause.put("available", MoneyJson.of(requested.available()));
        EntryJson.putIfKnown(cause, "scheduledFor", requested.scheduledFor());
        return cause;
    }

    static Map<String, Object> of(ReplenishActionRequired required) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("replenishmentId", required.replenishmentId().value());
        cause.put("invoiceId", required.invoiceId());
        cause.put("since", required.since());
        cause.put("until", required.until());
        return cause;
    }

    static Map<String, Object> of(ReplenishSettled settled) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("replenishmentId", settled.replenishmentId().value());
        cause.put("outcome", settled.outcome().name());
        EntryJson.putIfKnown(cause, "invoiceId", settled.invoiceId());
        EntryJson.putIfKnown(cause, "reason", settled.reason());
        EntryJson.putIfKnown(cause, "detail", settled.detail());
        EntryJson.putIfKnown(cause, "nextAttemptAt", settled.nextAttemptAt());
        return cause;
    }

    static Map<String, Object> of(ReplenishmentHeldBack heldBack) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("due", MoneyJson.of(heldBack.amount()));
        cause.put("charged", MoneyJson.of(heldBack.charged()));
        cause.put("monthlyCap", MoneyJson.of(heldBack.cap()));
        cause.put("until", heldBack.until());
        EntryJson.putIfKnown(cause, "scheduledFor", heldBack.scheduledFor());
        return cause;
    }

    static Map<String, Object> of(ReplenishmentDisabled disabled) {
        return Map.of(
                "failures", disabled.failures(),
                "reason", disabled.reason(),
                "detail", disabled.detail());
    }
}
