package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can happen to a wallet. Sealed, so that a switch over it misses nothing.
 *
 * <p>These types may be renamed freely: what is stored is the public Avro record that each maps to.
 */
public sealed interface WalletEvent {

    EventHeader header();

    /** How many usage events it carries, which make it longer than others. */
    default int usageEvents() {
        return 0;
    }

    /**
     * A wallet has come to be, empty.
     *
     * @param zone in which its days and months are counted, for ever
     */
    record WalletOpened(EventHeader header, Currency currency, Zone zone) implements WalletEvent {}

    /**
     * How the wallet is to be topped up from now on; the amounts are in the wallet's currency.
     *
     * @see ReplenishmentPolicy
     */
    record ReplenishmentPolicyChanged(
            EventHeader header,
            boolean enabled,
            BigDecimal threshold,
            BigDecimal amount,
            @Nullable BigDecimal target,
            @Nullable BigDecimal monthlyCap,
            Duration minimumGap,
            int disableAfter,
            @Nullable Recurrence recurrence)
            implements WalletEvent {

        ReplenishmentPolicyChanged(EventHeader header, ReplenishmentPolicy policy) {
            this(
                    header,
                    policy.enabled(),
                    policy.threshold().amount(),
                    policy.amount().amount(),
                    policy.target() == null ? null : policy.target().amount(),
                    policy.monthlyCap() == null ? null : policy.monthlyCap().amount(),
                    policy.minimumGap(),
                    policy.disableAfter(),
                    policy.recurrence());
        }

        ReplenishmentPolicy policy(Currency currency) {
            return new ReplenishmentPolicy(
                    enabled,
                    new Money(threshold, currency),
                    new Money(amount, currency),
                    target == null ? null : new Money(target, currency),
                    monthlyCap == null ? null : new Money(monthlyCap, currency),
                    minimumGap,
                    disableAfter,
                    recurrence);
        }
    }

    /** The account of this main wallet has a further one. */
    record WalletAdded(EventHeader header, WalletId added) implements WalletEvent {}

    /**
     * Another wallet of the account pays for usage of a meter from now on.
     *
     * @param payer may be the main wallet again
     */
    record MeterRouted(EventHeader header, String meterId, WalletId payer) implements WalletEvent {}

    /** Somebody has paused, closed or opened the wallet. */
    record WalletStatusChanged(EventHeader header, WalletStatus status, String reason) implements WalletEvent {}

    /**
     * What was left of a grant is lost, because the wallet was closed.
     *
     * @param amount what had not been spent; positive
     */
    record GrantForfeited(EventHeader header, GrantId grantId, Money amount, Money settledAfter)
            implements WalletEvent {}

    /**
     * Credit has come in; an overdraft is repaid from it first.
     *
     * @param amount what it is worth; positive
     * @param costBasis what the customer paid for it
     * @param meterIds what it may be spent on, sorted; empty for everything
     * @param rollover what becomes of what is left when it expires; absent when all of it is lost
     * @param overdraftRepaid how much of it went into the overdraft; the grant starts with the rest
     * @param settledAfter the settled balance after this event
     */
    record CreditGranted(
            EventHeader header,
            GrantId grantId,
            Money amount,
            Money costBasis,
            GrantKind kind,
            int priority,
            Instant effectiveAt,
            @Nullable Instant expiresAt,
            List<String> meterIds,
            @Nullable Rollover rollover,
            Money overdraftRepaid,
            GrantCause cause,
            Money settledAfter)
            implements WalletEvent {}

    /**
     * Credit that was left of a grant when it expired goes on as a grant of its own. The settled balance stays what it was.
     *
     * @param grantId the grant that has expired
     * @param into as which it goes on, with what goes on as its remainder
     * @param costBasis how much of what was paid for the grant goes on with it
     */
    record GrantRolledOver(EventHeader header, GrantId grantId, Grant into, Money costBasis, Money settledAfter)
            implements WalletEvent {

        /** What goes on; positive. */
        public Money amount() {
            return into.remaining();
        }
    }

    /**
     * A grant has expired. Recorded as of its expiry, also when the ledger comes to it later.
     *
     * @param amount what had not been spent; positive
     */
    record GrantExpired(EventHeader header, GrantId grantId, Money amount, Money settledAfter) implements WalletEvent {}

    /**
     * Somebody has taken a grant back.
     *
     * @param amount what had not been spent; positive
     */
    record GrantVoided(EventHeader header, GrantId grantId, Money amount, String reason, Money settledAfter)
            implements WalletEvent {}

    /**
     * Credit that had been granted before has begun, or has come back, and has repaid an overdraft. From a grant that has expired, or
     * is for some meters only, it repays what claw-backs have left owed of that grant. The settled balance stays what it was.
     *
     * @param amount sum of the allocations; positive
     */
    record OverdraftRepaid(EventHeader header, Money amount, List<Allocation> allocations, Money settledAfter)
            implements WalletEvent {}

    /** How far authorizations and holds may go beyond the credit there is. */
    record OverdraftLimitChanged(EventHeader header, Money limit) implements WalletEvent {}

    /**
     * Credit has been reserved. The settled balance stays what it was.
     *
     * @param amount the allocations and the overdraft; positive
     * @param overdraft what no grant covers
     */
    record HoldPlaced(
            EventHeader header,
            HoldId holdId,
            Money amount,
            List<Allocation> allocations,
            Money overdraft,
            @Nullable String meterId,
            Instant expiresAt,
            @Nullable String reason,
            Money settledAfter)
            implements WalletEvent {}

    /**
     * Reserved credit has been spent.
     *
     * @param amount the allocations and the overdraft; positive
     * @param overdraft what no grant covered; it adds to the overdraft
     */
    record HoldCaptured(
            EventHeader header,
            HoldId holdId,
            Money amount,
            List<Allocation> allocations,
            Money overdraft,
            @Nullable String meterId,
            @Nullable String reason,
            Money settledAfter)
            implements WalletEvent {}

    /** What was left of a hold has gone back to the grants that it came from. */
    record HoldReleased(
            EventHeader header,
            HoldId holdId,
            Money amount,
            List<Allocation> allocations,
            Money overdraft,
            HoldEnd end,
            Money settledAfter)
            implements WalletEvent {}

    /**
     * Money that paid for a grant went back, and the credit with it: out of the grant as far as it goes, the rest is owed.
     *
     * @param kind what took the money back, a code
     * @param amount how much credit; not negative
     * @param costBasis how much of what was paid for it
     * @param allocations what comes out of the grant, and out of those that it rolled over into, in burn order
     * @param overdraft the part that had been spent or is held: it adds to the overdraft
     * @param lost how much more had been lost before, unspent: nothing is taken for it
     * @param seenAt when billing saw the state that this follows
     */
    record CreditClawedBack(
            EventHeader header,
            GrantId grantId,
            String reversalId,
            String kind,
            Money amount,
            Money costBasis,
            List<Allocation> allocations,
            Money overdraft,
            Money lost,
            Instant seenAt,
            Money settledAfter)
            implements WalletEvent {}

    /**
     * Money that had gone back has come in again, and the credit with it: an overdraft is repaid first.
     *
     * @param grant as it may be spent from now on, with how much credit as its remainder; not negative
     * @param costBasis how much of what was paid for it
     * @param overdraftRepaid how much of it went into the overdraft; the rest is the grant's again
     * @param lost how much more came in again that had been lost before, and stays so
     */
    record CreditGivenBack(
            EventHeader header,
            Grant grant,
            String reversalId,
            String kind,
            Money costBasis,
            Money overdraftRepaid,
            Money lost,
            Instant seenAt,
            Money settledAfter)
            implements WalletEvent {

        public Money amount() {
            return grant.remaining();
        }

        public GrantId grantId() {
            return grant.id();
        }

        /** When all of the grant expires from now on, what is held and has been used of it too; absent when it never does. */
        @Nullable
        Instant expiresAnew() {
            return amount().isPositive() ? grant.expiresAt() : null;
        }
    }

    /**
     * Usage has been taken out. Carries its allocations, so that replay never repeats the burn decision under newer
     * rules.
     *
     * @param total sum of the lines = sum of the allocations + overdraft
     * @param overdraft what no grant covered
     * @param position of the usage; absent for usage that was parked, and in old histories
     */
    record UsageDrawnDown(
            EventHeader header,
            Money total,
            List<UsageLine> lines,
            List<Allocation> allocations,
            Money overdraft,
            Money settledAfter,
            @Nullable SourceRange position)
            implements WalletEvent {

        @Override
        public int usageEvents() {
            return lines.size();
        }

        /** Whether the cost of some of it depends on the total. */
        boolean countsInTotals() {
            for (var line : lines) {
                if (line.runningTotal() != null) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Usage counts otherwise than before: it was corrected, or it has made what was used before cheaper. Carries what comes
     * back to which grants, or what is taken more from which.
     *
     * @param amount what is taken more; negative when credit comes back
     * @param returned what goes back to grants that the usage burned: each grant with what comes back as its remainder
     * @param repaid the same of grants that have repaid the overdraft which the usage went into
     * @param allocations what is taken more from grants, in burn order
     * @param overdraft what the overdraft grows by; negative when it shrinks
     */
    record UsageAdjusted(
            EventHeader header,
            UsageAdjustment adjustment,
            Money amount,
            List<Grant> returned,
            List<Grant> repaid,
            List<Allocation> allocations,
            Money overdraft,
            Money settledAfter)
            implements WalletEvent {

        List<Grant> grantsAfter(List<Grant> grants) {
            return Grants.returning(Grants.returning(Grants.without(grants, allocations), returned), repaid);
        }

        /** What has come back; nothing when more was taken. */
        Comeback comeback() {
            return new Comeback(
                    returned, repaid, overdraft.isNegative() ? overdraft.negated() : Money.zero(overdraft.currency()));
        }

        /** What has been taken more; nothing when credit came back. */
        Burned burned(List<Grant> grantsBefore) {
            return new Burned(
                    Grants.lots(grantsBefore, allocations),
                    overdraft.isNegative() ? Money.zero(overdraft.currency()) : overdraft);
        }
    }

    /** How usage of a meter is paid for from now on. */
    record SettlementChanged(EventHeader header, String meterId, Settlement mode) implements WalletEvent {}

    /**
     * Usage that the wallet does not pay for: it is billed by meters in Stripe. No balance changes.
     *
     * @param mode why: the meters are not prepaid, or the grants did not cover each of these in whole
     * @param position all of the usage is within it; absent for usage that was parked, and in old histories
     */
    record UsageLeftToArrears(
            EventHeader header,
            Settlement mode,
            List<LeftUsage> lines,
            @Nullable SourceRange position) implements WalletEvent {

        @Override
        public int usageEvents() {
            return lines.size();
        }
    }

    /** Usage that was left to meters in Stripe was corrected, and is to be put right there. No balance changes. */
    record ArrearsAdjusted(EventHeader header, ArrearsAdjustment adjustment) implements WalletEvent {}

    /**
     * The wallet asks for one top-up, and for no other until this one is settled.
     *
     * @param manual whether somebody asked for it, and not the wallet by itself
     * @param scheduledFor the instant of the regular top-up that it is; absent for any other
     */
    record ReplenishRequested(
            EventHeader header,
            ReplenishmentId replenishmentId,
            Money amount,
            Money threshold,
            Money available,
            boolean manual,
            @Nullable Instant scheduledFor)
            implements WalletEvent {}

    /**
     * The customer was asked to confirm the payment of a pending top-up. What came of it is told when the top-up ends.
     *
     * @param invoiceId Stripe's open invoice
     * @param since when the bank first asked
     * @param until when it is given up if nobody confirms
     */
    record ReplenishActionRequired(
            EventHeader header, ReplenishmentId replenishmentId, String invoiceId, Instant since, Instant until)
            implements WalletEvent {

        ReplenishActionRequired(EventHeader header, ReplenishmentId replenishmentId, CustomerWait wait) {
            this(header, replenishmentId, wait.invoiceId(), wait.since(), wait.until());
        }

        CustomerWait customerWait() {
            return new CustomerWait(invoiceId, since, until);
        }
    }

    /**
     * A top-up was due and was not asked for, because it would have gone beyond the monthly cap.
     *
     * @param amount what would have been charged
     * @param charged what has been charged in the month
     * @param until none of its kind is asked for before this instant, when the next month begins
     * @param scheduledFor the instant of the regular top-up that it was; absent for one below the threshold, and in old histories
     */
    record ReplenishmentHeldBack(
            EventHeader header,
            Money amount,
            Money charged,
            Money cap,
            Instant until,
            @Nullable Instant scheduledFor) implements WalletEvent {}

    /** Failures in a row have switched replenishment off, until somebody sets the policy again. */
    record ReplenishmentDisabled(EventHeader header, int failures, String reason, String detail)
            implements WalletEvent {}

    /**
     * A top-up has ended.
     *
     * @param reason why it failed, a code; absent when paid
     * @param detail the same in words; absent when paid
     * @param nextAttemptAt no other top-up is asked for before this instant; absent when paid
     */
    record ReplenishSettled(
            EventHeader header,
            ReplenishmentId replenishmentId,
            ReplenishmentOutcome outcome,
            @Nullable String invoiceId,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable Instant nextAttemptAt)
            implements WalletEvent {}
}
