package io.drawdown.wallet.api;

import io.drawdown.wallet.domain.ArrearsAdjustment;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.UsageInArrears;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What brought an adjustment of usage about, and where its credit went. */
final class AdjustmentJson {

    private AdjustmentJson() {}

    static Map<String, Object> cause(UsageAdjusted adjusted) {
        var adjustment = adjusted.adjustment();
        var cause = new LinkedHashMap<String, Object>();
        cause.put("source", adjustment.source());
        cause.put("id", adjustment.id());
        cause.put("meterId", adjustment.meterId());
        EntryJson.putIfKnown(cause, "before", measure(adjustment.before()));
        EntryJson.putIfKnown(cause, "after", measure(adjustment.after()));
        if (adjustment.total() != null) {
            cause.put("runningTotal", adjustment.total().quantity().toPlainString());
        }
        if (adjustment.correction() != null) {
            put(cause, adjustment.correction());
        }
        cause.put("overdraft", MoneyJson.of(adjusted.overdraft()));
        cause.put(
                "returned",
                Stream.concat(adjusted.returned().stream(), adjusted.repaid().stream())
                        .map(AdjustmentJson::returned)
                        .toList());
        return cause;
    }

    static Map<String, Object> cause(ArrearsAdjustment adjustment) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("source", adjustment.source());
        cause.put("id", adjustment.id());
        cause.put("meterId", adjustment.meterId());
        cause.put("before", measure(adjustment.before()));
        EntryJson.putIfKnown(cause, "after", adjustment.after() == null ? null : measure(adjustment.after()));
        put(cause, adjustment.correction());
        return cause;
    }

    private static void put(Map<String, Object> cause, Correction correction) {
        cause.put("correctionId", correction.id());
        cause.put("reason", correction.reason());
        cause.put("requestedBy", correction.requestedBy());
    }

    static Map<String, Object> measure(UsageInArrears.Measure measure) {
        return Map.of("quantity", measure.quantity().toPlainString(), "occurredAt", measure.occurredAt());
    }

    static @Nullable Map<String, Object> measure(@Nullable Measure measure) {
        if (measure == null) {
            return null;
        }
        var shown = new LinkedHashMap<String, Object>();
        shown.put("priceId", measure.priceId());
        shown.put("quantity", measure.quantity().toPlainString());
        shown.put("occurredAt", measure.occurredAt());
        EntryJson.putIfKnown(shown, "amount", measure.amount() == null ? null : MoneyJson.of(measure.amount()));
        return shown;
    }

    private static AllocationJson returned(Grant lot) {
        return new AllocationJson(lot.id().value(), MoneyJson.of(lot.remaining()));
    }
}
