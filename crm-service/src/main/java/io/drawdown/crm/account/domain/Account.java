package io.drawdown.crm.account.domain;

import io.drawdown.crm.domain.Refused;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer of ours. Immutable.
 *
 * @param email where invoices go
 * @param currency what it is billed in: ISO 4217 code in upper case
 * @param timeZone where its months, days and hours begin; for ever as it was when the account was opened
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
        ZoneId timeZone,
        AccountStatus status,
        @Nullable String stripeCustomerId,
        List<String> externalKeys,
        Instant createdAt,
        Instant updatedAt) {

    /** What an account is billed in when nobody said otherwise. */
    public static final String DEFAULT_CURRENCY = "USD";

    /** Where its months begin when nobody said otherwise. */
    public static final ZoneId DEFAULT_TIME_ZONE = ZoneId.of("UTC");

    public Account {
        externalKeys = externalKeys.stream().sorted().distinct().toList();
    }

    /**
     * Takes note that somebody wants a time zone, which nothing can give it any more but the one that it has.
     *
     * @throws Refused when that is another one
     */
    public void requireTimeZone(ZoneId wanted) {
        if (!wanted.equals(timeZone)) {
            throw new Refused(
                    "time-zone-fixed",
                    "Account " + accountId + " counts its months in " + timeZone + ", not in " + wanted
                            + ", and does so for ever: usage has been rated by such months, credit has been given until the"
                            + " end of such days, and totals of such windows have been told. Win a new opportunity for an"
                            + " account in another time zone.");
        }
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
                timeZone,
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
                timeZone,
                status,
                stripeCustomerId,
                keys,
                createdAt,
                at);
    }
}
