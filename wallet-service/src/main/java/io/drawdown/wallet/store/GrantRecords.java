package io.drawdown.wallet.store;

import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantRolledOver;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.OverdraftRepaid;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.Rollover;
import io.drawdown.wallet.domain.Validity;
import io.drawdown.wallet.domain.WalletEvent;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to grants beside being given and spent, as public records and back. */
final class GrantRecords {

    private GrantRecords() {}

    static GrantExpired expired(WalletEvent.GrantExpired event) {
        var header = event.header();
        return new GrantExpired(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.grantId().value(),
                PublicRecords.money(event.amount()),
                event.settledAfter().numeral());
    }

    static WalletEvent expired(GrantExpired expired) {
        var amount = RecordedEvents.money(expired.getAmount());
        return new WalletEvent.GrantExpired(
                RecordedEvents.header(
                        expired.getWalletId(), expired.getAccountId(), expired.getSequence(), expired.getRecordedAt()),
                new GrantId(expired.getGrantId()),
                amount,
                Money.of(expired.getSettledAfter(), amount.currency()));
    }

    static GrantVoided voided(WalletEvent.GrantVoided event) {
        var header = event.header();
        return new GrantVoided(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.grantId().value(),
                PublicRecords.money(event.amount()),
                event.reason(),
                event.settledAfter().numeral());
    }

    static WalletEvent voided(GrantVoided voided) {
        var amount = RecordedEvents.money(voided.getAmount());
        return new WalletEvent.GrantVoided(
                RecordedEvents.header(
                        voided.getWalletId(), voided.getAccountId(), voided.getSequence(), voided.getRecordedAt()),
                new GrantId(voided.getGrantId()),
                amount,
                voided.getReason(),
                Money.of(voided.getSettledAfter(), amount.currency()));
    }

    static OverdraftRepaid repaid(WalletEvent.OverdraftRepaid event) {
        var header = event.header();
        return new OverdraftRepaid(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                PublicRecords.money(event.amount()),
                PublicRecords.allocations(event.allocations()),
                event.settledAfter().numeral());
    }

    static WalletEvent repaid(OverdraftRepaid repaid) {
        var amount = RecordedEvents.money(repaid.getAmount());
        return new WalletEvent.OverdraftRepaid(
                RecordedEvents.header(
                        repaid.getWalletId(), repaid.getAccountId(), repaid.getSequence(), repaid.getRecordedAt()),
                amount,
                RecordedEvents.allocations(repaid.getAllocations(), amount.currency()),
                Money.of(repaid.getSettledAfter(), amount.currency()));
    }

    static GrantRolledOver rolledOver(WalletEvent.GrantRolledOver event) {
        var header = event.header();
        var into = event.into();
        return new GrantRolledOver(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.grantId().value(),
                into.id().value(),
                PublicRecords.money(into.remaining()),
                PublicRecords.money(event.costBasis()),
                PublicRecords.kind(into.kind()),
                into.priority(),
                into.effectiveAt(),
                into.expiresAt(),
                into.meterIds(),
                event.settledAfter().numeral());
    }

    static WalletEvent rolledOver(GrantRolledOver rolled) {
        var amount = RecordedEvents.money(rolled.getAmount());
        var into = new Grant(
                new GrantId(rolled.getIntoGrantId()),
                amount,
                RecordedEvents.kind(rolled.getKind()),
                rolled.getPriority(),
                rolled.getEffectiveAt(),
                rolled.getExpiresAt(),
                List.copyOf(rolled.getMeterIds()),
                rolled.getRecordedAt());
        return new WalletEvent.GrantRolledOver(
                RecordedEvents.header(
                        rolled.getWalletId(), rolled.getAccountId(), rolled.getSequence(), rolled.getRecordedAt()),
                new GrantId(rolled.getGrantId()),
                into,
                RecordedEvents.money(rolled.getCostBasis()),
                Money.of(rolled.getSettledAfter(), amount.currency()));
    }

    static io.drawdown.events.catalog.@Nullable Rollover rollover(@Nullable Rollover rollover) {
        if (rollover == null) {
            return null;
        }
        var validFor = rollover.validFor().toString();
        return switch (rollover.limit()) {
            case Rollover.Most(var amount) ->
                new io.drawdown.events.catalog.Rollover(PublicRecords.money(amount), null, validFor);
            case Rollover.Share(var share) ->
                new io.drawdown.events.catalog.Rollover(null, share.toPlainString(), validFor);
        };
    }

    static @Nullable Rollover rollover(io.drawdown.events.catalog.@Nullable Rollover rollover) {
        return rollover == null ? null : new Rollover(limit(rollover), Validity.of(rollover.getValidFor()));
    }

    private static Rollover.Limit limit(io.drawdown.events.catalog.Rollover rollover) {
        if (rollover.getMostAmount() != null) {
            return new Rollover.Most(RecordedEvents.money(rollover.getMostAmount()));
        }
        if (rollover.getMostShare() != null) {
            return new Rollover.Share(new BigDecimal(rollover.getMostShare()));
        }
        throw RecordedEvents.fromTheFuture("limit of a rollover");
    }
}
