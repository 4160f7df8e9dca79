package io.drawdown.wallet.domain;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Everything that a wallet can be asked to do. Each carries the instant at which it is asked. */
public sealed interface WalletCommand {

    WalletId walletId();

    Instant at();

    /** Opens an account's wallet. */
    record OpenWallet(@TargetAggregateIdentifier WalletId walletId, AccountId accountId, Currency currency, Instant at)
            implements WalletCommand {}

    /** Sets how the wallet tops itself up; setting what is already set changes nothing. */
    record ChangeReplenishmentPolicy(
            @TargetAggregateIdentifier WalletId walletId, ReplenishmentPolicy policy, Instant at)
            implements WalletCommand {}

    /**
     * Gives promotional credit; a grant id that was granted before changes nothing.
     *
     * @param expiresAt exclusive; after {@code at}
     */
    record GiveCredit(
            @TargetAggregateIdentifier WalletId walletId,
            GrantId grantId,
            Money amount,
            int priority,
            @Nullable Instant expiresAt,
            String reason,
            Instant at)
            implements WalletCommand {}

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

    /** Takes rated usage out, all lines in one step. Exactly-once is the caller's: the same lines again are drawn again. */
    record DrawDown(@TargetAggregateIdentifier WalletId walletId, List<UsageLine> lines, Instant at)
            implements WalletCommand {}
}
