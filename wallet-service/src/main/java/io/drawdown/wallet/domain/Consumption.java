package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
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
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet must remember of its usage: to rate more of it, and to give back what was too much.
 *
 * @param periods where the cost of a usage event depends on the total; those that can take no more usage are gone
 * @param repayments grants that have repaid overdraft, each with how much as its remainder, in burn order: what comes back
 *     for usage that no grant covered is theirs
 */
public record Consumption(Map<UsagePeriod, PeriodUsage> periods, List<Grant> repayments) {

    static final Consumption NONE = new Consumption(Map.of(), List.of());

    /** The total of a period so far; null before its first usage. */
    public @Nullable RunningTotal total(UsagePeriod period) {
        var usage = periods.get(period);
        return usage == null ? null : usage.total();
    }

    /** What usage of a period has burned. */
    Burned burned(UsagePeriod period, Money zero) {
        var usage = periods.get(period);
        return usage == null ? Burned.nothing(zero) : usage.burned();
    }

    /** After one more event of a wallet. */
    Consumption after(WalletEvent event, WalletState before) {
        return switch (event) {
            case UsageDrawnDown drawn -> after(drawn, before);
            case UsageAdjusted adjusted -> after(adjusted, before);
            case CreditGranted granted
            when granted.overdraftRepaid().isPositive() ->
                repaidBy(List.of(Grant.of(granted, granted.overdraftRepaid())));
            case CreditGivenBack given -> after(given);
            case OverdraftRepaid repaid -> repaidBy(Owing.repayingAnything(before, repaid));
            case GrantVoided voided ->
                withExpiry(voided.grantId(), voided.header().recordedAt());
            case WalletOpened _,
                    CreditGranted _,
                    CreditClawedBack _,
                    GrantRolledOver _,
                    GrantExpired _,
                    OverdraftLimitChanged _,
                    HoldPlaced _,
                    HoldCaptured _,
                    HoldReleased _,
                    ReplenishmentPolicyChanged _,
                    ReplenishRequested _,
                    ReplenishActionRequired _,
                    ReplenishSettled _,
                    ReplenishmentHeldBack _,
                    ReplenishmentDisabled _,
                    WalletAdded _,
                    MeterRouted _,
                    WalletStatusChanged _,
                    GrantForfeited _,
                    SettlementChanged _,
                    UsageLeftToArrears _,
                    ArrearsAdjusted _ -> this;
        };
    }

    private Consumption after(UsageDrawnDown drawn, WalletState before) {
        if (!drawn.countsInTotals()) {
            return this;
        }
        var shares = Burned.shares(drawn.lines(), Grants.lots(before.grants(), drawn.allocations()));
        var after = open(drawn.header().recordedAt(), before.zone());
        for (int i = 0; i < shares.size(); i++) {
            count(drawn.lines().get(i), shares.get(i), before.zone(), after);
        }
        return new Consumption(Collections.unmodifiableMap(after), repayments);
    }

    private static void count(UsageLine line, Burned share, Zone zone, Map<UsagePeriod, PeriodUsage> periods) {
        var quantity = line.runningTotal();
        if (quantity == null) {
            return;
        }
        periods.compute(UsagePeriod.of(line.meterId(), line.priceId(), line.occurredAt(), zone), (_, before) -> {
            var at = before == null || line.occurredAt().isAfter(before.total().lastAt())
                    ? line.occurredAt()
                    : before.total().lastAt();
            return new PeriodUsage(
                    new RunningTotal(quantity, at),
                    before == null ? share : before.burned().plus(share));
        });
    }

    private Consumption after(UsageAdjusted adjusted, WalletState before) {
        var comeback = adjusted.comeback();
        var left = comeback.repaid().isEmpty() ? repayments : Grants.less(repayments, comeback.repaid());
        var total = adjusted.adjustment().total();
        if (total == null) {
            return new Consumption(periods, left);
        }
        var period = adjusted.adjustment().period(before.zone());
        var burned =
                burned(period, Money.zero(before.currency())).minus(comeback).plus(adjusted.burned(before.grants()));
        var after = open(adjusted.header().recordedAt(), before.zone());
        after.put(period, new PeriodUsage(total, burned));
        return new Consumption(Collections.unmodifiableMap(after), left);
    }

    /** A copy, without what can take no more usage. */
    private Map<UsagePeriod, PeriodUsage> open(Instant at, Zone zone) {
        var oldest = UsagePeriod.oldestOpenAt(at, zone);
        var open = new LinkedHashMap<>(periods);
        open.keySet().removeIf(period -> period.month().isBefore(oldest));
        return open;
    }

    private Consumption after(CreditGivenBack given) {
        var repaid = given.overdraftRepaid().isPositive()
                ? repaidBy(List.of(given.grant().leaving(given.overdraftRepaid())))
                : this;
        var expiresAt = given.expiresAnew();
        return expiresAt == null ? repaid : repaid.withExpiry(given.grantId(), expiresAt);
    }

    private Consumption repaidBy(List<Grant> lots) {
        return new Consumption(periods, Grants.returning(repayments, lots));
    }

    /** What comes back to a grant that was taken back expires at once, as what is held of it does. */
    private Consumption withExpiry(GrantId grantId, Instant at) {
        if (periods.isEmpty() && repayments.isEmpty()) {
            return this;
        }
        var after = new LinkedHashMap<>(periods);
        after.replaceAll(
                (_, usage) -> new PeriodUsage(usage.total(), usage.burned().withExpiry(grantId, at)));
        return new Consumption(
                Collections.unmodifiableMap(after), Grants.inBurnOrder(Grants.expiring(repayments, grantId, at)));
    }
}
