package io.drawdown.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.domain.Allocation;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletEvent;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a wallet's ledger.
 *
 * @param type the event's name, such as {@code CreditGranted}
 * @param amount what it added; negative for usage, absent where no money moved. All amounts up to an entry sum to its
 *     {@code settledAfter}
 * @param settledAfter the settled balance after it; absent where no money moved
 * @param cause what brought it about, by ids
 * @param lines the usage behind a draw-down, or left to arrears
 * @param allocations which grants gave what to a draw-down or an overdraft, in burn order; what goes back to them is in the
 *     cause of an adjustment
 */
@JsonInclude(Include.NON_NULL)
record EntryJson(
        long sequence,
        String type,
        @Nullable MoneyJson amount,
        @Nullable MoneyJson settledAfter,
        Map<String, Object> cause,
        Instant recordedAt,
        @Nullable List<LineJson> lines,
        @Nullable List<AllocationJson> allocations) {

    static EntryJson of(WalletEvent event) {
        return switch (event) {
            case WalletOpened opened ->
                plain(event, Map.of("currency", opened.currency().getCurrencyCode()));
            case WalletStatusChanged changed ->
                plain(
                        event,
                        Map.of("status", changed.status().name().toLowerCase(Locale.ROOT), "reason", changed.reason()));
            case WalletAdded added ->
                plain(event, Map.of("addedWalletId", added.added().value()));
            case MeterRouted routed ->
                plain(
                        event,
                        Map.of(
                                "meterId",
                                routed.meterId(),
                                "payingWalletId",
                                routed.payer().value()));
            case SettlementChanged changed ->
                plain(event, Map.of("meterId", changed.meterId(), "mode", SettlementNames.name(changed.mode())));
            case OverdraftLimitChanged changed -> plain(event, Map.of("limit", MoneyJson.of(changed.limit())));
            case CreditGranted granted ->
                money(event, granted.amount(), granted.settledAfter(), CreditCauses.of(granted));
            case GrantRolledOver rolled -> money(event, null, rolled.settledAfter(), CreditCauses.of(rolled));
            case GrantExpired expired ->
                money(event, expired.amount().negated(), expired.settledAfter(), CreditCauses.of(expired));
            case GrantForfeited forfeited ->
                money(event, forfeited.amount().negated(), forfeited.settledAfter(), CreditCauses.of(forfeited));
            case GrantVoided voided ->
                money(event, voided.amount().negated(), voided.settledAfter(), CreditCauses.of(voided));
            case CreditClawedBack clawed ->
                money(event, clawed.amount().negated(), clawed.settledAfter(), CreditCauses.of(clawed));
            case CreditGivenBack given -> money(event, given.amount(), given.settledAfter(), CreditCauses.of(given));
            case OverdraftRepaid repaid ->
                entry(
                        event,
                        null,
                        repaid.settledAfter(),
                        Map.of("overdraftRepaid", MoneyJson.of(repaid.amount())),
                        null,
                        repaid.allocations());
            case HoldPlaced placed ->
                entry(event, null, placed.settledAfter(), HoldCauses.of(placed), null, placed.allocations());
            case HoldCaptured captured ->
                entry(
                        event,
                        captured.amount().negated(),
                        captured.settledAfter(),
                        HoldCauses.of(captured),
                        null,
                        captured.allocations());
            case HoldReleased released ->
                entry(event, null, released.settledAfter(), HoldCauses.of(released), null, released.allocations());
            case UsageDrawnDown drawn ->
                entry(
                        event,
                        drawn.total().negated(),
                        drawn.settledAfter(),
                        Map.of("usageEvents", drawn.lines().size(), "overdraft", MoneyJson.of(drawn.overdraft())),
                        drawn.lines().stream().map(LineJson::of).toList(),
                        drawn.allocations());
            case UsageLeftToArrears left ->
                entry(
                        event,
                        null,
                        null,
                        Map.of("usageEvents", left.lines().size(), "mode", SettlementNames.name(left.mode())),
                        left.lines().stream().map(LineJson::of).toList(),
                        null);
            case UsageAdjusted adjusted ->
                entry(
                        event,
                        adjusted.amount().negated(),
                        adjusted.settledAfter(),
                        AdjustmentJson.cause(adjusted),
                        null,
                        adjusted.allocations());
            case ArrearsAdjusted adjusted -> plain(event, AdjustmentJson.cause(adjusted.adjustment()));
            case ReplenishmentPolicyChanged changed -> plain(event, TopUpCauses.of(changed));
            case ReplenishRequested requested -> plain(event, TopUpCauses.of(requested));
            case ReplenishActionRequired required -> plain(event, TopUpCauses.of(required));
            case ReplenishSettled settled -> plain(event, TopUpCauses.of(settled));
            case ReplenishmentHeldBack heldBack -> plain(event, TopUpCauses.of(heldBack));
            case ReplenishmentDisabled disabled -> plain(event, TopUpCauses.of(disabled));
        };
    }

    /** Of its lines only that of one usage event. */
    EntryJson withOnly(String source, String id) {
        return new EntryJson(
                sequence,
                type,
                amount,
                settledAfter,
                cause,
                recordedAt,
                lines == null
                        ? null
                        : lines.stream()
                                .filter(line ->
                                        line.id().equals(id) && line.source().equals(source))
                                .toList(),
                allocations);
    }

    private static EntryJson plain(WalletEvent event, Map<String, Object> cause) {
        return entry(event, null, null, cause, null, null);
    }

    private static EntryJson money(
            WalletEvent event, @Nullable Money amount, Money settledAfter, Map<String, Object> cause) {
        return entry(event, amount, settledAfter, cause, null, null);
    }

    private static EntryJson entry(
            WalletEvent event,
            @Nullable Money amount,
            @Nullable Money settledAfter,
            Map<String, Object> cause,
            @Nullable List<LineJson> lines,
            @Nullable List<Allocation> allocations) {
        return new EntryJson(
                event.header().sequence(),
                event.getClass().getSimpleName(),
                shown(amount),
                shown(settledAfter),
                cause,
                event.header().recordedAt(),
                lines,
                allocations == null
                        ? null
                        : allocations.stream().map(AllocationJson::of).toList());
    }

    private static @Nullable MoneyJson shown(@Nullable Money money) {
        return money == null ? null : MoneyJson.of(money);
    }

    static void putIfKnown(Map<String, Object> cause, String name, @Nullable Object value) {
        if (value != null) {
            cause.put(name, value);
        }
    }
}
