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
import java.time.Instant;
import java.util.Comparator;
import org.apache.avro.specific.SpecificRecord;

/**
 * One event of a wallet, with what all of them have in common.
 *
 * @param sequence its place in the wallet's history, from 0, without gaps
 */
record Entry(String walletId, String accountId, long sequence, Instant recordedAt, SpecificRecord event) {

    /** By time, and within one instant in an order that is the same whenever the topic is read. */
    static final Comparator<Entry> OLDEST_FIRST = Comparator.comparing(Entry::recordedAt)
            .thenComparing(Entry::walletId)
            .thenComparingLong(Entry::sequence);

    /** @throws IllegalArgumentException when it is no event of a wallet that this version knows */
    static Entry of(SpecificRecord event) {
        return switch (event) {
            case WalletOpened e -> new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case ReplenishmentPolicyChanged e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case CreditGranted e -> new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case GrantRolledOver e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case GrantExpired e -> new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case GrantVoided e -> new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case OverdraftRepaid e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case OverdraftLimitChanged e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case HoldPlaced e -> new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case HoldCaptured e -> new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case HoldReleased e -> new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case CreditClawedBack e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case CreditGivenBack e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case UsageDrawnDown e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case WalletAdded e -> new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case MeterRouted e -> new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case WalletStatusChanged e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case GrantForfeited e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case SettlementChanged e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case UsageLeftToArrears e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case ArrearsAdjusted e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case UsageAdjusted e -> new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case ReplenishRequested e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case ReplenishActionRequired e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case ReplenishmentHeldBack e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case ReplenishmentDisabled e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            case ReplenishSettled e ->
                new Entry(e.getWalletId(), e.getAccountId(), e.getSequence(), e.getRecordedAt(), e);
            default ->
                throw new IllegalArgumentException(event.getSchema().getFullName()
                        + " is no event of a wallet that is known here: upgrade this service, then replay the record.");
        };
    }
}
