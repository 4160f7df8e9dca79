package io.drawdown.wallet.store;

import io.drawdown.events.wallet.Recurrence;
import io.drawdown.events.wallet.ReplenishActionRequired;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentDisabled;
import io.drawdown.events.wallet.ReplenishmentHeldBack;
import io.drawdown.events.wallet.ReplenishmentOutcome;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.ReplenishmentId;
import io.drawdown.wallet.domain.Validity;
import io.drawdown.wallet.domain.WalletEvent;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Top-ups and their policy as public records and back. */
final class ReplenishmentRecords {

    private ReplenishmentRecords() {}

    static ReplenishmentPolicyChanged policyChanged(WalletEvent.ReplenishmentPolicyChanged event) {
        var header = event.header();
        return new ReplenishmentPolicyChanged(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.enabled(),
                event.threshold().toPlainString(),
                event.amount().toPlainString(),
                numeral(event.target()),
                numeral(event.monthlyCap()),
                event.minimumGap().toMillis(),
                event.disableAfter(),
                recurrence(event.recurrence()));
    }

    static WalletEvent policyChanged(ReplenishmentPolicyChanged changed) {
        return new WalletEvent.ReplenishmentPolicyChanged(
                RecordedEvents.header(
                        changed.getWalletId(), changed.getAccountId(), changed.getSequence(), changed.getRecordedAt()),
                changed.getEnabled(),
                new BigDecimal(changed.getThreshold()),
                new BigDecimal(changed.getAmount()),
                number(changed.getTarget()),
                number(changed.getMonthlyCap()),
                Duration.ofMillis(changed.getMinimumGapMillis()),
                changed.getDisableAfter(),
                recurrence(changed.getRecurrence()));
    }

    private static @Nullable Recurrence recurrence(io.drawdown.wallet.domain.@Nullable Recurrence recurrence) {
        return recurrence == null
                ? null
                : new Recurrence(
                        PublicRecords.money(recurrence.amount()),
                        recurrence.every().toString(),
                        recurrence.first());
    }

    private static io.drawdown.wallet.domain.@Nullable Recurrence recurrence(@Nullable Recurrence recurrence) {
        return recurrence == null
                ? null
                : new io.drawdown.wallet.domain.Recurrence(
                        RecordedEvents.money(recurrence.getAmount()),
                        Validity.of(recurrence.getEvery()),
                        recurrence.getFirst());
    }

    private static @Nullable String numeral(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    private static @Nullable BigDecimal number(@Nullable String numeral) {
        return numeral == null ? null : new BigDecimal(numeral);
    }

    static ReplenishRequested requested(WalletEvent.ReplenishRequested event) {
        var header = event.header();
        return new ReplenishRequested(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.replenishmentId().value(),
                PublicRecords.money(event.amount()),
                event.threshold().numeral(),
                event.available().numeral(),
                event.manual(),
                event.scheduledFor());
    }

    static WalletEvent requested(ReplenishRequested requested) {
        var amount = RecordedEvents.money(requested.getAmount());
        return new WalletEvent.ReplenishRequested(
                RecordedEvents.header(
                        requested.getWalletId(),
                        requested.getAccountId(),
                        requested.getSequence(),
                        requested.getRecordedAt()),
                new ReplenishmentId(requested.getReplenishmentId()),
                amount,
                Money.of(requested.getThreshold(), amount.currency()),
                Money.of(requested.getAvailable(), amount.currency()),
                requested.getManual(),
                requested.getScheduledFor());
    }

    static ReplenishActionRequired actionRequired(WalletEvent.ReplenishActionRequired event) {
        var header = event.header();
        return new ReplenishActionRequired(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.replenishmentId().value(),
                event.invoiceId(),
                event.since(),
                event.until());
    }

    static WalletEvent actionRequired(ReplenishActionRequired required) {
        return new WalletEvent.ReplenishActionRequired(
                RecordedEvents.header(
                        required.getWalletId(),
                        required.getAccountId(),
                        required.getSequence(),
                        required.getRecordedAt()),
                new ReplenishmentId(required.getReplenishmentId()),
                required.getInvoiceId(),
                required.getSince(),
                required.getUntil());
    }

    static ReplenishmentHeldBack heldBack(WalletEvent.ReplenishmentHeldBack event) {
        var header = event.header();
        return new ReplenishmentHeldBack(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                PublicRecords.money(event.amount()),
                event.charged().numeral(),
                event.cap().numeral(),
                event.until(),
                event.scheduledFor());
    }

    static WalletEvent heldBack(ReplenishmentHeldBack heldBack) {
        var amount = RecordedEvents.money(heldBack.getAmount());
        return new WalletEvent.ReplenishmentHeldBack(
                RecordedEvents.header(
                        heldBack.getWalletId(),
                        heldBack.getAccountId(),
                        heldBack.getSequence(),
                        heldBack.getRecordedAt()),
                amount,
                Money.of(heldBack.getCharged(), amount.currency()),
                Money.of(heldBack.getCap(), amount.currency()),
                heldBack.getUntil(),
                heldBack.getScheduledFor());
    }

    static ReplenishmentDisabled disabled(WalletEvent.ReplenishmentDisabled event) {
        var header = event.header();
        return new ReplenishmentDisabled(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.failures(),
                event.reason(),
                event.detail());
    }

    static WalletEvent disabled(ReplenishmentDisabled disabled) {
        return new WalletEvent.ReplenishmentDisabled(
                RecordedEvents.header(
                        disabled.getWalletId(),
                        disabled.getAccountId(),
                        disabled.getSequence(),
                        disabled.getRecordedAt()),
                disabled.getFailures(),
                disabled.getReason(),
                disabled.getDetail());
    }

    static ReplenishSettled settled(WalletEvent.ReplenishSettled event) {
        var header = event.header();
        return new ReplenishSettled(
                header.walletId().value(),
                header.accountId().value(),
                header.sequence(),
                header.recordedAt(),
                event.replenishmentId().value(),
                outcome(event.outcome()),
                event.invoiceId(),
                event.reason(),
                event.detail(),
                event.nextAttemptAt());
    }

    static WalletEvent settled(ReplenishSettled settled) {
        return new WalletEvent.ReplenishSettled(
                RecordedEvents.header(
                        settled.getWalletId(), settled.getAccountId(), settled.getSequence(), settled.getRecordedAt()),
                new ReplenishmentId(settled.getReplenishmentId()),
                outcome(settled.getOutcome()),
                settled.getInvoiceId(),
                settled.getReason(),
                settled.getDetail(),
                settled.getNextAttemptAt());
    }

    private static ReplenishmentOutcome outcome(io.drawdown.wallet.domain.ReplenishmentOutcome outcome) {
        return switch (outcome) {
            case PAID -> ReplenishmentOutcome.PAID;
            case FAILED -> ReplenishmentOutcome.FAILED;
        };
    }

    private static io.drawdown.wallet.domain.ReplenishmentOutcome outcome(ReplenishmentOutcome outcome) {
        return switch (outcome) {
            case PAID -> io.drawdown.wallet.domain.ReplenishmentOutcome.PAID;
            case FAILED -> io.drawdown.wallet.domain.ReplenishmentOutcome.FAILED;
            case UNKNOWN -> throw RecordedEvents.fromTheFuture("replenishment outcome");
        };
    }
}
