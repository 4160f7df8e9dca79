package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Everything that a wallet can be asked to do. Each carries the instant at which it is asked. */
public sealed interface WalletCommand {

    WalletId walletId();

    Instant at();

    /**
     * Opens an account's wallet.
     *
     * @param zone in which its days and months are counted, for ever
     */
    record OpenWallet(
            @TargetAggregateIdentifier WalletId walletId, AccountId accountId, Currency currency, Zone zone, Instant at)
            implements WalletCommand {}

    /**
     * Sets how the wallet tops itself up, and asks at once if that is wanted; setting what is already set changes nothing.
     *
     * @param opening whether it comes with the wallet's opening: nobody can have paid for anything yet, so nothing is asked for
     */
    record ChangeReplenishmentPolicy(
            @TargetAggregateIdentifier WalletId walletId, ReplenishmentPolicy policy, boolean opening, Instant at)
            implements WalletCommand {

        /** Of a wallet that was opened before. */
        public ChangeReplenishmentPolicy(WalletId walletId, ReplenishmentPolicy policy, Instant at) {
            this(walletId, policy, false, at);
        }
    }

    /**
     * Gives promotional credit; a grant id that was granted before changes nothing.
     *
     * @param effectiveAt spendable from then on, to the millisecond; at once when absent
     * @param expiresAt exclusive, to the millisecond; after {@code at} and {@code effectiveAt}
     * @param meterIds what it may be spent on; empty for everything
     * @param rollover what becomes of what is left when it expires; absent when all of it is lost
     */
    record GiveCredit(
            @TargetAggregateIdentifier WalletId walletId,
            GrantId grantId,
            Money amount,
            int priority,
            @Nullable Instant effectiveAt,
            @Nullable Instant expiresAt,
            List<String> meterIds,
            @Nullable Rollover rollover,
            String reason,
            Instant at)
            implements WalletCommand {

        /** Cuts instants to what is stored, so that a wallet in memory is the wallet that its events make. */
        public GiveCredit {
            effectiveAt = effectiveAt == null ? null : effectiveAt.truncatedTo(ChronoUnit.MILLIS);
            expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MILLIS);
            meterIds = meterIds.stream().distinct().sorted().toList();
        }

        /** Whether a grant that was given before is the one that this would give. */
        public boolean gives(CreditGranted granted) {
            var begin = effectiveAt == null ? granted.header().recordedAt() : effectiveAt;
            return granted.amount().equals(amount)
                    && granted.priority() == priority
                    && granted.effectiveAt().equals(begin)
                    && Objects.equals(granted.expiresAt(), expiresAt)
                    && granted.meterIds().equals(meterIds)
                    && Objects.equals(granted.rollover(), rollover)
                    && granted.cause().equals(new GrantCause.Given(reason));
        }
    }

    /** Takes back what is left of a grant. */
    record VoidGrant(@TargetAggregateIdentifier WalletId walletId, GrantId grantId, String reason, Instant at)
            implements WalletCommand {}

    /** Sets how far authorizations and holds may go beyond the credit there is; setting what is set changes nothing. */
    record ChangeOverdraftLimit(@TargetAggregateIdentifier WalletId walletId, Money limit, Instant at)
            implements WalletCommand {

        public ChangeOverdraftLimit {
            if (limit.isNegative()) {
                throw new IllegalArgumentException("An overdraft limit of " + limit + " is none; give zero or more");
            }
        }
    }

    /**
     * Reserves credit, if there is as much to spend; a hold that is open already changes nothing.
     *
     * @param meterId what it is for: credit for this meter is reserved too
     * @param expiresAt exclusive, to the millisecond
     */
    record PlaceHold(
            @TargetAggregateIdentifier WalletId walletId,
            HoldId holdId,
            Money amount,
            @Nullable String meterId,
            Instant expiresAt,
            @Nullable String reason,
            Instant at)
            implements WalletCommand {

        /** Cuts the instant to what is stored. */
        public PlaceHold {
            expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
        }

        /** Whether a hold that was placed before is the one that this would place. */
        public boolean places(HoldPlaced placed) {
            return placed.amount().equals(amount)
                    && Objects.equals(placed.meterId(), meterId)
                    && placed.expiresAt().equals(expiresAt)
                    && Objects.equals(placed.reason(), reason);
        }
    }

    /**
     * Spends what is reserved, or a part of it.
     *
     * @param keepRest whether the rest stays reserved; otherwise it is released in the same step
     */
    record CaptureHold(
            @TargetAggregateIdentifier WalletId walletId,
            HoldId holdId,
            Money amount,
            boolean keepRest,
            @Nullable String reason,
            Instant at)
            implements WalletCommand {}

    /** Gives back what is reserved. */
    record ReleaseHold(@TargetAggregateIdentifier WalletId walletId, HoldId holdId, Instant at)
            implements WalletCommand {}

    /**
     * Brings what a refund, a dispute or a credit note has clawed back of one grant to what its latest state says. A state that
     * is older than the last one changes nothing.
     *
     * @param kind what takes the money back, a code
     * @param seenAt when billing saw this state, to the millisecond
     */
    record FollowReversal(
            @TargetAggregateIdentifier WalletId walletId,
            String reversalId,
            String kind,
            ReversedGrant reversed,
            Instant seenAt,
            Instant at)
            implements WalletCommand {}

    /** Settles what has become due by the passing of time; every other command does so too. */
    record SettleDue(@TargetAggregateIdentifier WalletId walletId, Instant at) implements WalletCommand {}

    /**
     * Credits what a paid invoice bought and settles the replenishment that it charged, in one step. Lines credited
     * before are skipped.
     */
    record CreditPaidInvoice(
            @TargetAggregateIdentifier WalletId walletId,
            String invoiceId,
            @Nullable ReplenishmentId replenishmentId,
            List<CreditLine> lines,
            Instant at)
            implements WalletCommand {}

    /** Asks for a top-up now, whatever the policy says. */
    record RequestTopUp(@TargetAggregateIdentifier WalletId walletId, Money amount, Instant at)
            implements WalletCommand {}

    /**
     * Says that the customer was asked to confirm the payment of a pending replenishment; of one that is not pending, or said again, it
     * changes nothing.
     */
    record AwaitCustomer(
            @TargetAggregateIdentifier WalletId walletId,
            ReplenishmentId replenishmentId,
            CustomerWait customerWait,
            Instant at)
            implements WalletCommand {}

    /** Ends a pending replenishment without credit; one that is not pending changes nothing. */
    record FailReplenishment(
            @TargetAggregateIdentifier WalletId walletId,
            ReplenishmentId replenishmentId,
            @Nullable String invoiceId,
            String reason,
            String detail,
            BackOff backOff,
            Instant at)
            implements WalletCommand {}

    /**
     * Pauses, closes or opens the wallet; being so already changes nothing.
     *
     * @param forfeit whether closing it takes what is left of its grants; otherwise that stays, and expires as it would
     * @param reason in words
     */
    record ChangeStatus(
            @TargetAggregateIdentifier WalletId walletId,
            WalletStatus status,
            boolean forfeit,
            String reason,
            Instant at)
            implements WalletCommand {}

    /** Tells an account's main wallet of a further one; one that it knows changes nothing. */
    record AddWallet(@TargetAggregateIdentifier WalletId walletId, WalletId added, Instant at)
            implements WalletCommand {}

    /**
     * Lets another wallet pay for usage of a meter. To be handled by the account's main wallet, by the one that pays now, and
     * by the one that is to pay, in one transaction.
     *
     * @param mode how the wallet that pays now settles the meter
     */
    record RouteMeter(
            @TargetAggregateIdentifier WalletId walletId,
            String meterId,
            WalletId from,
            WalletId to,
            Settlement mode,
            Instant at)
            implements WalletCommand {}

    /** Says how usage of a meter is paid for from now on; saying what holds already changes nothing. */
    record ChangeSettlement(@TargetAggregateIdentifier WalletId walletId, String meterId, Settlement mode, Instant at)
            implements WalletCommand {}

    /**
     * Leaves usage to Stripe's meters, all lines in one step; every meter must settle in arrears.
     *
     * @param position of the usage; absent when it does not follow the usage that was left before
     */
    record LeaveToArrears(
            @TargetAggregateIdentifier WalletId walletId,
            List<LeftUsage> lines,
            @Nullable SourceRange position,
            Instant at)
            implements WalletCommand {}

    /** Has usage in arrears count otherwise than before. Exactly-once is the caller's. */
    record AdjustArrears(@TargetAggregateIdentifier WalletId walletId, ArrearsAdjustment adjustment, Instant at)
            implements WalletCommand {}

    /**
     * Takes rated usage out, all lines in one step. Exactly-once is the caller's: the same lines again are drawn again.
     *
     * @param position of the usage; absent when it does not follow the usage that was drawn down before
     */
    record DrawDown(
            @TargetAggregateIdentifier WalletId walletId,
            List<UsageLine> lines,
            @Nullable SourceRange position,
            Instant at)
            implements WalletCommand {

        public DrawDown(WalletId walletId, List<UsageLine> lines, Instant at) {
            this(walletId, lines, null, at);
        }
    }

    /**
     * Has usage count otherwise than before. Exactly-once is the caller's.
     *
     * @param amount what it costs more; negative when credit comes back
     * @param burned what the usage had burned; absent when it comes from all usage of its period
     */
    record AdjustUsage(
            @TargetAggregateIdentifier WalletId walletId,
            UsageAdjustment adjustment,
            Money amount,
            @Nullable Burned burned,
            Instant at)
            implements WalletCommand {}
}
