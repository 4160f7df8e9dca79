package io.drawdown.reporting.wallet;

import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantRolledOver;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.OverdraftLimitChanged;
import io.drawdown.events.wallet.OverdraftRepaid;
import io.drawdown.events.wallet.ReplenishActionRequired;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentDisabled;
import io.drawdown.events.wallet.ReplenishmentHeldBack;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.WalletAdded;
import io.drawdown.events.wallet.WalletOpened;
import io.drawdown.events.wallet.WalletStatusChanged;
import io.drawdown.reporting.amount.Columns;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Table {@code activity}: the newest entries of all wallets, for people to look at. */
@Repository
class ActivityTable {

    /** How many are kept; which these are depends on the events alone, not on how they came in batches. */
    static final int KEPT = 200;

    private static final String ADD = """
            insert into activity (wallet_id, sequence, account_id, type, currency, amount, settled_after, detail,
                recorded_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    private static final String FORGET = """
            delete from activity where (recorded_at, wallet_id, sequence) <
                (select recorded_at, wallet_id, sequence from activity
                order by recorded_at desc, wallet_id desc, sequence desc offset ? limit 1)""";

    private final JdbcTemplate batches;

    ActivityTable(JdbcTemplate batches) {
        this.batches = batches;
    }

    void remember(WalletBatch batch) {
        var newest = batch.newest(KEPT);
        if (!newest.isEmpty()) {
            batches.batchUpdate(
                    ADD,
                    newest.stream()
                            .map(entry -> row(entry, batch.wallet(entry.walletId()).currency))
                            .toList());
            batches.update(FORGET, KEPT - 1);
        }
    }

    private static Object[] row(Entry entry, @Nullable String currency) {
        var shown = shown(entry);
        return new Object[] {
            entry.walletId(),
            entry.sequence(),
            entry.accountId(),
            entry.event().getClass().getSimpleName(),
            currency,
            shown.amount,
            shown.settledAfter,
            shown.detail,
            Columns.timestamp(entry.recordedAt())
        };
    }

    private static Shown shown(Entry entry) {
        return switch (entry.event()) {
            case WalletOpened _ -> new Shown(null, null, null);
            case ReplenishmentPolicyChanged policy ->
                new Shown(null, null, policy.getEnabled() ? "on, below " + policy.getThreshold() : "off");
            case CreditGranted grant ->
                new Shown(
                        new BigDecimal(grant.getAmount().getAmount()),
                        new BigDecimal(grant.getSettledAfter()),
                        grant.getReason() == null ? grant.getInvoiceId() : grant.getReason());
            case GrantRolledOver rolled ->
                new Shown(
                        null,
                        new BigDecimal(rolled.getSettledAfter()),
                        rolled.getAmount().getAmount() + " goes on until " + rolled.getExpiresAt());
            case GrantExpired expired ->
                new Shown(
                        new BigDecimal(expired.getAmount().getAmount()).negate(),
                        new BigDecimal(expired.getSettledAfter()),
                        expired.getGrantId());
            case GrantVoided voided ->
                new Shown(
                        new BigDecimal(voided.getAmount().getAmount()).negate(),
                        new BigDecimal(voided.getSettledAfter()),
                        voided.getReason());
            case OverdraftRepaid repaid ->
                new Shown(
                        null,
                        new BigDecimal(repaid.getSettledAfter()),
                        "overdraft " + repaid.getAmount().getAmount());
            case OverdraftLimitChanged changed ->
                new Shown(null, null, changed.getLimit().getAmount());
            case HoldPlaced placed -> new Shown(null, null, placed.getAmount().getAmount() + " held");
            case HoldReleased released ->
                new Shown(null, null, released.getAmount().getAmount() + " no longer held");
            case HoldCaptured captured ->
                new Shown(
                        new BigDecimal(captured.getAmount().getAmount()).negate(),
                        new BigDecimal(captured.getSettledAfter()),
                        captured.getReason() == null ? captured.getHoldId() : captured.getReason());
            case CreditClawedBack clawed ->
                new Shown(
                        new BigDecimal(clawed.getAmount().getAmount()).negate(),
                        new BigDecimal(clawed.getSettledAfter()),
                        clawed.getKind() + " " + clawed.getReversalId());
            case CreditGivenBack given ->
                new Shown(
                        new BigDecimal(given.getAmount().getAmount()),
                        new BigDecimal(given.getSettledAfter()),
                        given.getKind() + " " + given.getReversalId());
            case UsageDrawnDown usage ->
                new Shown(
                        new BigDecimal(usage.getTotal()).negate(),
                        new BigDecimal(usage.getSettledAfter()),
                        usage.getLines().size() + (usage.getLines().size() == 1 ? " event" : " events"));
            case WalletAdded added -> new Shown(null, null, added.getAddedWalletId());
            case MeterRouted routed ->
                new Shown(null, null, routed.getMeterId() + " paid for by " + routed.getPayingWalletId());
            case WalletStatusChanged changed -> new Shown(null, null, changed.getStatus() + ": " + changed.getReason());
            case GrantForfeited forfeited ->
                new Shown(
                        new BigDecimal(forfeited.getAmount().getAmount()).negate(),
                        new BigDecimal(forfeited.getSettledAfter()),
                        forfeited.getGrantId());
            case SettlementChanged changed -> new Shown(null, null, changed.getMeterId() + " " + changed.getMode());
            case UsageLeftToArrears left ->
                new Shown(
                        null,
                        null,
                        left.getLines().size()
                                + (left.getLines().size() == 1 ? " event" : " events")
                                + " left to Stripe");
            case ArrearsAdjusted adjusted -> new Shown(null, null, adjusted.getReason());
            case UsageAdjusted adjusted ->
                new Shown(
                        new BigDecimal(adjusted.getAmount()).negate(),
                        new BigDecimal(adjusted.getSettledAfter()),
                        adjusted.getReason() == null ? adjusted.getId() : adjusted.getReason());
            case ReplenishRequested request ->
                new Shown(new BigDecimal(request.getAmount().getAmount()), null, request.getReplenishmentId());
            case ReplenishActionRequired required ->
                new Shown(null, null, "the customer was asked to confirm by " + required.getUntil());
            case ReplenishmentHeldBack heldBack ->
                new Shown(null, null, heldBack.getAmount().getAmount() + " beyond the cap of " + heldBack.getCap());
            case ReplenishmentDisabled disabled ->
                new Shown(null, null, disabled.getReason() + ", " + disabled.getFailures() + " times in a row");
            case ReplenishSettled settlement ->
                new Shown(
                        null,
                        null,
                        settlement.getReason() == null ? settlement.getReplenishmentId() : settlement.getReason());
            default -> throw new IllegalStateException("Entry lets only known events pass: " + entry);
        };
    }

    /** @param amount what came in, or went out with a minus; or what was asked for */
    private record Shown(
            @Nullable BigDecimal amount,
            @Nullable BigDecimal settledAfter,
            @Nullable String detail) {}
}
