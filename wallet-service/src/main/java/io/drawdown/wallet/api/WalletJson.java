package io.drawdown.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.domain.PendingReplenishment;
import io.drawdown.wallet.domain.Replenishment;
import io.drawdown.wallet.domain.WalletState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wallet at one moment.
 *
 * @param settled what is left of the grants less the overdraft; negative in overdraft
 * @param held reserved for usage under way
 * @param available settled less held and restricted: what may be spent on everything now
 * @param restricted what may be spent on some meters only
 * @param sequence of the last event that is in these figures
 */
@JsonInclude(Include.NON_NULL)
record WalletJson(
        String walletId,
        String accountId,
        String currency,
        MoneyJson settled,
        MoneyJson held,
        MoneyJson available,
        MoneyJson restricted,
        MoneyJson overdraft,
        MoneyJson overdraftLimit,
        PolicyView replenishment,
        @Nullable PendingView pendingReplenishment,
        long sequence) {

    static WalletJson of(WalletState wallet, Instant now) {
        return new WalletJson(
                wallet.id().value(),
                wallet.accountId().value(),
                wallet.currency().getCurrencyCode(),
                MoneyJson.of(wallet.settledAt(now)),
                MoneyJson.of(wallet.holds().total()),
                MoneyJson.of(wallet.availableAt(now)),
                MoneyJson.of(wallet.restrictedAt(now)),
                MoneyJson.of(wallet.overdraft()),
                MoneyJson.of(wallet.overdraftLimit()),
                PolicyView.of(wallet.replenishment()),
                PendingView.of(wallet.replenishment().pending()),
                wallet.version() - 1);
    }

    /** @param nextAttemptAt no top-up is asked for before; absent unless the last one failed */
    @JsonInclude(Include.NON_NULL)
    record PolicyView(
            boolean enabled,
            MoneyJson threshold,
            MoneyJson amount,
            int failuresInRow,
            @Nullable Instant nextAttemptAt) {

        private static PolicyView of(Replenishment replenishment) {
            var policy = replenishment.policy();
            return new PolicyView(
                    policy.enabled(),
                    MoneyJson.of(policy.threshold()),
                    MoneyJson.of(policy.amount()),
                    replenishment.failuresInRow(),
                    replenishment.nextAttemptAt());
        }
    }

    /** A top-up that has been asked for and has not ended. */
    record PendingView(String replenishmentId, MoneyJson amount, Instant requestedAt) {

        private static @Nullable PendingView of(@Nullable PendingReplenishment pending) {
            return pending == null
                    ? null
                    : new PendingView(pending.id().value(), MoneyJson.of(pending.amount()), pending.requestedAt());
        }
    }
}
