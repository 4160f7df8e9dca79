package io.drawdown.wallet.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.api.MoneyJson;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.WalletState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet was worth at an instant; amounts as in the wallet itself.
 *
 * @param at inclusive, to the millisecond
 * @param closed whether this answer will never change; an instant is closed two minutes after it has passed
 * @param grants those with something left that was not held, in burn order
 * @param sequence of the last event in these figures; what was due by then counts, recorded or not
 */
record BalanceJson(
        String walletId,
        String accountId,
        String currency,
        Instant at,
        boolean closed,
        MoneyJson settled,
        MoneyJson held,
        MoneyJson available,
        MoneyJson restricted,
        MoneyJson overdraft,
        MoneyJson overdraftLimit,
        List<GrantJson> grants,
        long sequence) {

    static BalanceJson of(WalletState wallet, Instant at, boolean closed) {
        return new BalanceJson(
                wallet.id().value(),
                wallet.accountId().value(),
                wallet.currency().getCurrencyCode(),
                at,
                closed,
                MoneyJson.of(wallet.settledAt(at)),
                MoneyJson.of(wallet.holds().total()),
                MoneyJson.of(wallet.availableAt(at)),
                MoneyJson.of(wallet.restrictedAt(at)),
                MoneyJson.of(wallet.overdraft()),
                MoneyJson.of(wallet.overdraftLimit()),
                wallet.grants().stream().map(GrantJson::of).toList(),
                wallet.version() - 1);
    }

    /**
     * A grant as it was.
     *
     * @param remaining what was left of it and not held
     * @param meterIds the only meters on which it might be spent; absent when on all
     */
    @JsonInclude(Include.NON_NULL)
    record GrantJson(
            String grantId,
            String kind,
            MoneyJson remaining,
            int priority,
            Instant effectiveAt,
            @Nullable Instant expiresAt,
            @Nullable List<String> meterIds) {

        private static GrantJson of(Grant grant) {
            return new GrantJson(
                    grant.id().value(),
                    grant.kind().name(),
                    MoneyJson.of(grant.remaining()),
                    grant.priority(),
                    grant.effectiveAt(),
                    grant.expiresAt(),
                    grant.isScoped() ? grant.meterIds() : null);
        }
    }
}
