package io.drawdown.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.domain.CustomerWait;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.PendingReplenishment;
import io.drawdown.wallet.domain.Replenishment;
import io.drawdown.wallet.domain.WalletState;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A wallet at one moment. What has become due by then counts, whether somebody has recorded it or not.
 *
 * @param timeZone in which its days and months are counted; the account's
 * @param status open, paused or closed
 * @param settled what is left of the grants less the overdraft; negative in overdraft
 * @param held reserved for usage under way
 * @param available settled less held, restricted and what has not begun yet: what may be spent on everything now
 * @param restricted what may be spent on some meters only
 * @param settlements how usage of each meter is paid for, where not prepaid
 * @param routes which meters other wallets of the account pay for, and which; of a main wallet only
 * @param sequence of the last event that is recorded and in these figures
 * @param at as of when these figures are
 */
@JsonInclude(Include.NON_NULL)
record WalletJson(
        String walletId,
        String accountId,
        String currency,
        String timeZone,
        String status,
        MoneyJson settled,
        MoneyJson held,
        MoneyJson available,
        MoneyJson restricted,
        MoneyJson overdraft,
        MoneyJson overdraftLimit,
        PolicyView replenishment,
        @Nullable PendingView pendingReplenishment,
        Map<String, String> settlements,
        Map<String, String> routes,
        long sequence,
        Instant at) {

    /** @param asked by a clock; where that is behind the wallet's last event, the figures are as of that */
    static WalletJson of(WalletState recorded, Instant asked) {
        var now = recorded.timeAt(asked);
        var wallet = recorded.dueBy(now).after();
        return new WalletJson(
                wallet.id().value(),
                wallet.accountId().value(),
                wallet.currency().getCurrencyCode(),
                wallet.zone().id(),
                wallet.status().name().toLowerCase(Locale.ROOT),
                MoneyJson.of(wallet.settledAt(now)),
                MoneyJson.of(wallet.holds().total()),
                MoneyJson.of(wallet.availableAt(now)),
                MoneyJson.of(wallet.restrictedAt(now)),
                MoneyJson.of(wallet.overdraft()),
                MoneyJson.of(wallet.overdraftLimit()),
                PolicyView.of(wallet.replenishment(), now),
                PendingView.of(wallet.replenishment().pending()),
                SettlementNames.byMeter(wallet.settlements()),
                routes(wallet),
                recorded.version() - 1,
                now);
    }

    private static Map<String, String> routes(WalletState wallet) {
        var routes = new TreeMap<String, String>();
        wallet.routes().payers().forEach((meterId, payer) -> routes.put(meterId, payer.value()));
        return routes;
    }

    /**
     * @param enabled whether the policy asks for top-ups
     * @param disabled whether failures in a row have switched it off; setting the policy switches it on again
     * @param chargedThisMonth what has been asked for by itself in this month and has not failed
     * @param nextAttemptAt below the threshold none is asked for before, because of a failure, a gap or a cap; absent when nothing
     *     is in the way
     * @param recurrence top-ups at regular instants; absent when there are none
     */
    @JsonInclude(Include.NON_NULL)
    record PolicyView(
            boolean enabled,
            boolean disabled,
            MoneyJson threshold,
            MoneyJson amount,
            @Nullable MoneyJson target,
            @Nullable MoneyJson monthlyCap,
            MoneyJson chargedThisMonth,
            long minimumGapSeconds,
            int disableAfter,
            int failuresInRow,
            @Nullable Instant nextAttemptAt,
            @Nullable RecurrenceView recurrence) {

        private static PolicyView of(Replenishment replenishment, Instant now) {
            var policy = replenishment.policy();
            return new PolicyView(
                    policy.enabled(),
                    replenishment.disabled(),
                    MoneyJson.of(policy.threshold()),
                    MoneyJson.of(policy.amount()),
                    moneyOrNull(policy.target()),
                    moneyOrNull(policy.monthlyCap()),
                    MoneyJson.of(replenishment.chargedIn(replenishment.monthOf(now))),
                    policy.minimumGap().toSeconds(),
                    policy.disableAfter(),
                    replenishment.failuresInRow(),
                    future(replenishment.waits().threshold(), now),
                    RecurrenceView.of(replenishment, now));
        }

        private static @Nullable MoneyJson moneyOrNull(@Nullable Money money) {
            return money == null ? null : MoneyJson.of(money);
        }
    }

    private static @Nullable Instant future(@Nullable Instant instant, Instant now) {
        return instant == null || !instant.isAfter(now) ? null : instant;
    }

    /**
     * @param next when the next one is due
     * @param nextAttemptAt none is asked for before, because of a failure, a gap or a cap; absent when nothing is in the way
     */
    @JsonInclude(Include.NON_NULL)
    record RecurrenceView(
            MoneyJson amount,
            String every,
            Instant first,
            Instant next,
            @Nullable Instant nextAttemptAt) {

        private static @Nullable RecurrenceView of(Replenishment replenishment, Instant now) {
            var recurrence = replenishment.policy().recurrence();
            return recurrence == null
                    ? null
                    : new RecurrenceView(
                            MoneyJson.of(recurrence.amount()),
                            recurrence.every().toString(),
                            recurrence.first(),
                            recurrence.nextAfter(now, replenishment.zone()),
                            future(replenishment.waits().regular(), now));
        }
    }

    /**
     * A top-up that has been asked for and has not ended.
     *
     * @param scheduledFor the instant of the regular top-up that it is; absent for any other
     * @param awaitingCustomer that the customer was asked to confirm its payment; absent where nobody was
     */
    @JsonInclude(Include.NON_NULL)
    record PendingView(
            String replenishmentId,
            MoneyJson amount,
            Instant requestedAt,
            boolean manual,
            @Nullable Instant scheduledFor,
            @Nullable WaitView awaitingCustomer) {

        private static @Nullable PendingView of(@Nullable PendingReplenishment pending) {
            return pending == null
                    ? null
                    : new PendingView(
                            pending.id().value(),
                            MoneyJson.of(pending.amount()),
                            pending.requestedAt(),
                            pending.manual(),
                            pending.scheduledFor(),
                            WaitView.of(pending.awaiting()));
        }
    }

    /**
     * @param invoiceId Stripe's open invoice, on which the customer can confirm
     * @param since when the bank first asked
     * @param until when it is given up if nobody confirms
     */
    record WaitView(String invoiceId, Instant since, Instant until) {

        private static @Nullable WaitView of(@Nullable CustomerWait wait) {
            return wait == null ? null : new WaitView(wait.invoiceId(), wait.since(), wait.until());
        }
    }
}
