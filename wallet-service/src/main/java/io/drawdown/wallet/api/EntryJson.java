package io.drawdown.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.domain.Allocation;
import io.drawdown.wallet.domain.GrantCause;
import io.drawdown.wallet.domain.GrantId;
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
import java.util.LinkedHashMap;
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
            case ReplenishmentPolicyChanged changed -> plain(event, cause(changed));
            case CreditGranted granted -> money(event, granted.amount(), granted.settledAfter(), cause(granted));
            case GrantRolledOver rolled -> rolledOver(rolled);
            case GrantExpired expired ->
                money(
                        event,
                        expired.amount().negated(),
                        expired.settledAfter(),
                        Map.of("grantId", expired.grantId().value()));
            case GrantVoided voided ->
                money(
                        event,
                        voided.amount().negated(),
                        voided.settledAfter(),
                        Map.of("grantId", voided.grantId().value(), "reason", voided.reason()));
            case OverdraftRepaid repaid -> repaid(repaid);
            case CreditClawedBack clawed ->
                money(
                        event,
                        clawed.amount().negated(),
                        clawed.settledAfter(),
                        Map.of(
                                "grantId", clawed.grantId().value(),
                                "reversalId", clawed.reversalId(),
                                "kind", clawed.kind(),
                                "costBasis", MoneyJson.of(clawed.costBasis()),
                                "overdraft", MoneyJson.of(clawed.overdraft()),
                                "lost", MoneyJson.of(clawed.lost())));
            case CreditGivenBack given ->
                money(
                        event,
                        given.amount(),
                        given.settledAfter(),
                        Map.of(
                                "grantId", given.grantId().value(),
                                "reversalId", given.reversalId(),
                                "kind", given.kind(),
                                "costBasis", MoneyJson.of(given.costBasis()),
                                "overdraftRepaid", MoneyJson.of(given.overdraftRepaid()),
                                "lost", MoneyJson.of(given.lost())));
            case OverdraftLimitChanged changed -> plain(event, Map.of("limit", MoneyJson.of(changed.limit())));
            case HoldPlaced placed -> hold(event, null, placed.settledAfter(), cause(placed), placed.allocations());
            case HoldCaptured captured ->
                hold(
                        event,
                        captured.amount().negated(),
                        captured.settledAfter(),
                        cause(captured),
                        captured.allocations());
            case HoldReleased released ->
                hold(event, null, released.settledAfter(), cause(released), released.allocations());
            case UsageDrawnDown drawn -> drawnDown(drawn);
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
            case WalletStatusChanged changed ->
                plain(
                        event,
                        Map.of("status", changed.status().name().toLowerCase(Locale.ROOT), "reason", changed.reason()));
            case GrantForfeited forfeited ->
                money(
                        event,
                        forfeited.amount().negated(),
                        forfeited.settledAfter(),
                        Map.of("grantId", forfeited.grantId().value()));
            case SettlementChanged changed ->
                plain(event, Map.of("meterId", changed.meterId(), "mode", SettlementNames.name(changed.mode())));
            case UsageLeftToArrears left -> left(left);
            case ArrearsAdjusted adjusted -> plain(event, AdjustmentJson.cause(adjusted.adjustment()));
            case UsageAdjusted adjusted -> adjusted(adjusted);
            case ReplenishRequested requested -> plain(event, cause(requested));
            case ReplenishSettled settled -> plain(event, cause(settled));
            case ReplenishmentHeldBack heldBack -> plain(event, cause(heldBack));
            case ReplenishmentDisabled disabled -> plain(event, cause(disabled));
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
        var header = event.header();
        return new EntryJson(header.sequence(), name(event), null, null, cause, header.recordedAt(), null, null);
    }

    private static EntryJson money(WalletEvent event, Money amount, Money settledAfter, Map<String, Object> cause) {
        var header = event.header();
        return new EntryJson(
                header.sequence(),
                name(event),
                MoneyJson.of(amount),
                MoneyJson.of(settledAfter),
                cause,
                header.recordedAt(),
                null,
                null);
    }

    private static EntryJson hold(
            WalletEvent event,
            @Nullable Money amount,
            Money settledAfter,
            Map<String, Object> cause,
            List<Allocation> allocations) {
        var header = event.header();
        return new EntryJson(
                header.sequence(),
                name(event),
                amount == null ? null : MoneyJson.of(amount),
                MoneyJson.of(settledAfter),
                cause,
                header.recordedAt(),
                null,
                allocations.stream().map(AllocationJson::of).toList());
    }

    private static Map<String, Object> cause(HoldPlaced placed) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("holdId", placed.holdId().value());
        cause.put("held", MoneyJson.of(placed.amount()));
        cause.put("overdraft", MoneyJson.of(placed.overdraft()));
        cause.put("expiresAt", placed.expiresAt());
        putIfKnown(cause, "meterId", placed.meterId());
        putIfKnown(cause, "reason", placed.reason());
        return cause;
    }

    private static Map<String, Object> cause(HoldCaptured captured) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("holdId", captured.holdId().value());
        cause.put("overdraft", MoneyJson.of(captured.overdraft()));
        putIfKnown(cause, "meterId", captured.meterId());
        putIfKnown(cause, "reason", captured.reason());
        return cause;
    }

    private static Map<String, Object> cause(HoldReleased released) {
        return Map.of(
                "holdId", released.holdId().value(),
                "released", MoneyJson.of(released.amount()),
                "end", released.end().name());
    }

    private static EntryJson repaid(OverdraftRepaid repaid) {
        var header = repaid.header();
        return new EntryJson(
                header.sequence(),
                name(repaid),
                null,
                MoneyJson.of(repaid.settledAfter()),
                Map.of("overdraftRepaid", MoneyJson.of(repaid.amount())),
                header.recordedAt(),
                null,
                repaid.allocations().stream().map(AllocationJson::of).toList());
    }

    private static EntryJson rolledOver(GrantRolledOver rolled) {
        var header = rolled.header();
        return new EntryJson(
                header.sequence(),
                name(rolled),
                null,
                MoneyJson.of(rolled.settledAfter()),
                Map.of(
                        "grantId", rolled.grantId().value(),
                        "intoGrantId", rolled.into().id().value(),
                        "rolledOver", MoneyJson.of(rolled.amount()),
                        "costBasis", MoneyJson.of(rolled.costBasis())),
                header.recordedAt(),
                null,
                null);
    }

    private static EntryJson drawnDown(UsageDrawnDown drawn) {
        var header = drawn.header();
        return new EntryJson(
                header.sequence(),
                name(drawn),
                MoneyJson.of(drawn.total().negated()),
                MoneyJson.of(drawn.settledAfter()),
                Map.of("usageEvents", drawn.lines().size(), "overdraft", MoneyJson.of(drawn.overdraft())),
                header.recordedAt(),
                drawn.lines().stream().map(LineJson::of).toList(),
                drawn.allocations().stream().map(AllocationJson::of).toList());
    }

    private static EntryJson left(UsageLeftToArrears left) {
        var header = left.header();
        return new EntryJson(
                header.sequence(),
                name(left),
                null,
                null,
                Map.of("usageEvents", left.lines().size(), "mode", SettlementNames.name(left.mode())),
                header.recordedAt(),
                left.lines().stream().map(LineJson::of).toList(),
                null);
    }

    private static EntryJson adjusted(UsageAdjusted adjusted) {
        var header = adjusted.header();
        return new EntryJson(
                header.sequence(),
                name(adjusted),
                MoneyJson.of(adjusted.amount().negated()),
                MoneyJson.of(adjusted.settledAfter()),
                AdjustmentJson.cause(adjusted),
                header.recordedAt(),
                null,
                adjusted.allocations().stream().map(AllocationJson::of).toList());
    }

    private static Map<String, Object> cause(ReplenishmentPolicyChanged changed) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("enabled", changed.enabled());
        cause.put("threshold", changed.threshold().toPlainString());
        cause.put("amount", changed.amount().toPlainString());
        putIfKnown(
                cause,
                "target",
                changed.target() == null ? null : changed.target().toPlainString());
        putIfKnown(
                cause,
                "monthlyCap",
                changed.monthlyCap() == null ? null : changed.monthlyCap().toPlainString());
        cause.put("minimumGapSeconds", changed.minimumGap().toSeconds());
        cause.put("disableAfter", changed.disableAfter());
        return cause;
    }

    private static Map<String, Object> cause(CreditGranted granted) {
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
        putIfKnown(cause, "replenishmentId", replenishmentId == null ? null : replenishmentId.value());
    }

    private static Map<String, Object> cause(ReplenishRequested requested) {
        return Map.of(
                "replenishmentId", requested.replenishmentId().value(),
                "requested", MoneyJson.of(requested.amount()),
                "manual", requested.manual(),
                "threshold", MoneyJson.of(requested.threshold()),
                "available", MoneyJson.of(requested.available()));
    }

    private static Map<String, Object> cause(ReplenishmentHeldBack heldBack) {
        return Map.of(
                "due", MoneyJson.of(heldBack.amount()),
                "charged", MoneyJson.of(heldBack.charged()),
                "monthlyCap", MoneyJson.of(heldBack.cap()),
                "until", heldBack.until());
    }

    private static Map<String, Object> cause(ReplenishmentDisabled disabled) {
        return Map.of(
                "failures", disabled.failures(),
                "reason", disabled.reason(),
                "detail", disabled.detail());
    }

    private static Map<String, Object> cause(ReplenishSettled settled) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("replenishmentId", settled.replenishmentId().value());
        cause.put("outcome", settled.outcome().name());
        putIfKnown(cause, "invoiceId", settled.invoiceId());
        putIfKnown(cause, "reason", settled.reason());
        putIfKnown(cause, "detail", settled.detail());
        putIfKnown(cause, "nextAttemptAt", settled.nextAttemptAt());
        return cause;
    }

    static void putIfKnown(Map<String, Object> cause, String name, @Nullable Object value) {
        if (value != null) {
            cause.put(name, value);
        }
    }

    private static String name(WalletEvent event) {
        return event.getClass().getSimpleName();
    }
}
