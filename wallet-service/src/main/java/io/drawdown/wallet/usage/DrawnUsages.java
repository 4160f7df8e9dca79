package io.drawdown.wallet.usage;

import static java.util.stream.Collectors.toMap;

import io.drawdown.wallet.domain.Allocation;
import io.drawdown.wallet.domain.DrawnUsage;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.UsagePeriod;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.WalletHistory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Usage that wallets have drawn down, as it counts now. */
@Component
class DrawnUsages {

    private final WalletHistory history;

    DrawnUsages(WalletHistory history) {
        this.history = history;
    }

    /** The usage that an event has taken out, or brought as an adjustment. */
    DrawnUsage of(WalletEvent event, UsageName name) {
        var header = event.header();
        var terms = terms(header.walletId());
        var usage = drawn(event, name, terms);
        for (var adjusted : history.adjustmentsAfter(header.walletId(), header.sequence())) {
            if (name.is(adjusted.adjustment().source(), adjusted.adjustment().id())) {
                usage = usage.after(adjusted, lots(adjusted.allocations(), terms));
            }
        }
        return usage;
    }

    private static DrawnUsage drawn(WalletEvent event, UsageName name, Map<GrantId, Grant> terms) {
        return event instanceof UsageDrawnDown drawn
                ? DrawnUsage.in(drawn, name.source(), name.id(), lots(drawn.allocations(), terms))
                        .orElseThrow()
                : DrawnUsage.in((UsageAdjusted) event);
    }

    /** Every grant as it was given; one that was taken back expires then. */
    private Map<GrantId, Grant> terms(WalletId id) {
        var terms = history.grantsAfter(id, -1, Integer.MAX_VALUE).stream()
                .map(granted -> Grant.of(granted, granted.amount()))
                .collect(toMap(Grant::id, grant -> grant));
        for (var voided : history.voidedGrants(id)) {
            terms.computeIfPresent(
                    voided.grantId(),
                    (_, grant) -> grant.expiringAt(voided.header().recordedAt()));
        }
        return terms;
    }

    private static List<Grant> lots(List<Allocation> allocations, Map<GrantId, Grant> terms) {
        return allocations.stream()
                .map(part -> lot(part.grantId(), part.amount(), terms.get(part.grantId())))
                .toList();
    }

    private static Grant lot(GrantId id, Money amount, @Nullable Grant terms) {
        if (terms == null) {
            throw new IllegalStateException("Grant " + id + " was burned and never given; the history is damaged");
        }
        return terms.leaving(amount);
    }

    /** What counts in a period besides one usage event, in the order in which it came. */
    List<Measure> others(WalletState wallet, UsagePeriod period, UsageName except) {
        return new PeriodSearch(history, wallet.id(), period).without(except);
    }
}
