package io.drawdown.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.domain.DrawnUsage;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.usage.UsageEntries.Found;
import io.drawdown.wallet.usage.UsageName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a usage event.
 *
 * @param billedBy {@code wallet}, or {@code stripe} for usage that was left to a meter there
 * @param counts how much it counts now, and what that costs where it has a cost of its own; absent when it is void
 * @param grants what it has burned of which grants, after its corrections; absent where its cost depends on other usage, or
 *     Stripe bills it
 * @param overdraft what of it no grant covered; absent as the grants are
 * @param entries of the ledger, in order; of a draw-down only the line of this usage is shown, but all allocations
 */
@JsonInclude(Include.NON_NULL)
record UsageEntriesJson(
        String walletId,
        String meterId,
        String billedBy,
        @Nullable Map<String, Object> counts,
        @Nullable List<AllocationJson> grants,
        @Nullable MoneyJson overdraft,
        List<EntryJson> entries) {

    static UsageEntriesJson of(Found found, UsageName usage) {
        var entries = found.entries().stream()
                .map((WalletEvent event) -> EntryJson.of(event).withOnly(usage.source(), usage.id()))
                .toList();
        return switch (found) {
            case Found.Drawn drawn -> of(drawn, entries);
            case Found.Left left ->
                new UsageEntriesJson(
                        left.walletId().value(),
                        left.usage().meterId(),
                        "stripe",
                        left.usage().counts() == null
                                ? null
                                : AdjustmentJson.measure(left.usage().counts()),
                        null,
                        null,
                        entries);
        };
    }

    private static UsageEntriesJson of(Found.Drawn drawn, List<EntryJson> entries) {
        var usage = drawn.usage();
        var itself = usage.costsByItself();
        return new UsageEntriesJson(
                drawn.walletId().value(),
                usage.meterId(),
                "wallet",
                AdjustmentJson.measure(usage.counts()),
                itself ? grants(usage) : null,
                itself ? MoneyJson.of(usage.burned().overdraft()) : null,
                entries);
    }

    private static List<AllocationJson> grants(DrawnUsage usage) {
        return usage.burned().lots().stream()
                .map(lot -> new AllocationJson(lot.id().value(), MoneyJson.of(lot.remaining())))
                .toList();
    }
}
