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
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.WalletHistory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds usage in the histories of wallets. */
@Component
class DrawnUsages {

    private final WalletHistory history;
    private final ReplayedUsageTable replayed;

    DrawnUsages(WalletHistory history, ReplayedUsageTable replayed) {
        this.history = history;
        this.replayed = replayed;
    }

    /** The usage that is corrected, as the wallet counts it now; empty when the wallet never drew it down. */
    Optional<DrawnUsage> find(WalletState wallet, CorrectedUsage corrected) {
        return event(wallet, corrected).flatMap(event -> {
            var terms = terms(wallet);
            return drawn(event, corrected, terms).map(usage -> adjusted(usage, wallet, event, terms));
        });
    }

    private Optional<WalletEvent> event(WalletState wallet, CorrectedUsage corrected) {
        var search =
                new UsageSearch((begin, end) -> history.usage(wallet.id(), begin, end), wallet.version(), corrected);
        var noted = replayed.sequence(wallet.id(), corrected.sourcePartition(), corrected.usageOffset());
        return noted.isPresent() ? search.from(noted.getAsLong()) : search.byPosition();
    }

    private static Optional<DrawnUsage> drawn(WalletEvent event, CorrectedUsage corrected, Map<GrantId, Grant> terms) {
        return event instanceof UsageDrawnDown drawn
                ? DrawnUsage.in(drawn, corrected.source(), corrected.usageId(), lots(drawn.allocations(), terms))
                : Optional.of(DrawnUsage.in((UsageAdjusted) event));
    }

    private DrawnUsage adjusted(DrawnUsage drawn, WalletState wallet, WalletEvent event, Map<GrantId, Grant> terms) {
        var usage = drawn;
        for (var adjusted : history.adjustmentsAfter(wallet.id(), event.header().sequence())) {
            if (adjusted.adjustment().id().equals(usage.id())
                    && adjusted.adjustment().source().equals(usage.source())) {
                usage = usage.after(adjusted, lots(adjusted.allocations(), terms));
            }
        }
        return usage;
    }

    /** Every grant as it was given; one that was taken back expires then. */
    private Map<GrantId, Grant> terms(WalletState wallet) {
        var terms = history.grantsAfter(wallet.id(), -1, Integer.MAX_VALUE).stream()
                .map(granted -> Grant.of(granted, granted.amount()))
                .collect(toMap(Grant::id, grant -> grant));
        for (var voided : history.voidedGrants(wallet.id())) {
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
    List<Measure> others(WalletState wallet, UsagePeriod period, CorrectedUsage except) {
        return new PeriodSearch(history, wallet.id(), period).without(except.source(), except.usageId());
    }
}
