package io.drawdown.crm.account;

import io.drawdown.crm.account.domain.Account;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account in a response. */
record AccountView(
        String accountId,
        String opportunityId,
        String companyId,
        String name,
        String email,
        @Nullable String owner,
        String currency,
        String timeZone,
        String status,
        @Nullable String stripeCustomerId,
        List<String> externalKeys,
        Instant createdAt,
        Instant updatedAt) {

    static AccountView of(Account account) {
        return new AccountView(
                account.accountId(),
                account.opportunityId(),
                account.companyId(),
                account.name(),
                account.email(),
                account.owner(),
                account.currency(),
                account.timeZone().getId(),
                account.status().name(),
                account.stripeCustomerId(),
                account.externalKeys(),
                account.createdAt(),
                account.updatedAt());
    }
}
