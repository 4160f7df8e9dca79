package io.drawdown.crm.account.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer of ours. Immutable.
 *
 * @param email where invoices go
 * @param currency what it is billed in: ISO 4217 code in upper case
 * @param stripeCustomerId its customer in Stripe; absent until Stripe knows it
 * @param externalKeys other names under which its usage may arrive, sorted, each of one account only
 */
public record Account(
        String accountId,
        String opportunityId,
        String companyId,
        String name,
        String email,
        @Nullable String owner,
        String currency,
        AccountStatus status,
        @Nullable String stripeCustomerId,
        List<String> externalKeys,
        Instant createdAt,
        Instant updatedAt) {

    /** What an account is billed in when nobody said otherwise. */
    public static final String DEFAULT_CURRENCY = "USD";

    public Account {
        externalKeys = externalKeys.stream().sorted().distinct().toList();
    }

    /** The account with this customer in Stripe, or with none. */
    public Account withStripeCustomer(@Nullable String customerId, Instant at) {
        return new Account(
                accountId,
                opportunityId,
                companyId,
                name,
                email,
                owner,
                currency,
                status,
                customerId,
                externalKeys,
                createdAt,
                at);
    }

    /** The account with these external keys and no others. */
    public Account withExternalKeys(List<String> keys, Instant at) {
        return new Account(
                accountId,
                opportunityId,
                companyId,
                name,
                email,
                owner,
                currency,
                status,
                stripeCustomerId,
                keys,
                createdAt,
                at);
    }
}
