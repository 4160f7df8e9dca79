package io.drawdown.billing.customer;

import io.drawdown.billing.customer.CustomerGateway.NewCustomer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account on its way to a customer in Stripe, or with one.
 *
 * @param wanted name and address as the account has them; absent while only Stripe has spoken of the account
 * @param customerId its customer; absent until there is one
 * @param sent what Stripe was last told, or is being told under the current key
 * @param keyGeneration part of the key under which the customer is created
 * @param createStartedAt when the current key was first used
 * @param attempts failed tries in a row
 */
record AccountCustomer(
        String accountId,
        @Nullable NewCustomer wanted,
        @Nullable String customerId,
        @Nullable NewCustomer sent,
        int keyGeneration,
        @Nullable Instant createStartedAt,
        int attempts) {

    /** The key under which the customer is created: the same for every try of one generation. */
    String createKey() {
        return "customer:" + accountId + ":" + keyGeneration;
    }

    /** Whether Stripe has yet to hear of the account's present name or address. */
    boolean isStaleInStripe() {
        return wanted != null && !wanted.equals(sent);
    }

    AccountCustomer startCreating(Instant at, int generation) {
        return new AccountCustomer(accountId, wanted, customerId, wanted, generation, at, 0);
    }

    AccountCustomer linked(String newCustomerId, @Nullable NewCustomer told) {
        return new AccountCustomer(accountId, wanted, newCustomerId, told, keyGeneration, null, 0);
    }

    AccountCustomer told() {
        return new AccountCustomer(accountId, wanted, customerId, wanted, keyGeneration, null, 0);
    }

    /** Nothing was created under this key and nothing ever will be: begin anew with what the account says then. */
    AccountCustomer startOver() {
        return new AccountCustomer(accountId, wanted, customerId, null, keyGeneration + 1, null, attempts);
    }

    AccountCustomer withFreshKey() {
        return new AccountCustomer(accountId, wanted, customerId, sent, keyGeneration + 1, createStartedAt, attempts);
    }
}
