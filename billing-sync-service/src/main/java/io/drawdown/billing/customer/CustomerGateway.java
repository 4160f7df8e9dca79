package io.drawdown.billing.customer;

import io.drawdown.billing.domain.CustomerSnapshot;
import java.util.Optional;

/**
 * Customers in Stripe. Every method may throw a {@link io.drawdown.billing.domain.StripeFailure}.
 */
public interface CustomerGateway {

    /** Reads a customer as it is now; a deleted one as its stub. */
    Optional<CustomerSnapshot> find(String customerId);

    /** Looks for a customer of that address whose metadata names the account; deleted ones do not count. */
    Optional<CustomerSnapshot> findByAccount(String accountId, String email);

    /**
     * Creates a customer that names its account in metadata.
     *
     * @return its id; the same one for every try with the same key
     */
    String create(NewCustomer customer, String idempotencyKey);

    /** Sets name, address and account of a customer; repeating it changes nothing. */
    void update(String customerId, NewCustomer customer);

    /** What Stripe is told about an account. */
    record NewCustomer(String accountId, String name, String email) {}
}
