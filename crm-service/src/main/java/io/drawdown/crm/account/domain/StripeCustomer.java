package io.drawdown.crm.account.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer in Stripe that belongs to an account.
 *
 * @param deleted whether it was deleted in Stripe
 * @param seenAt when this state was seen
 */
public record StripeCustomer(String customerId, String accountId, boolean deleted, Instant seenAt) {

    /**
     * The one of an account's customers that it uses: the present one while that lives, else the one seen last.
     *
     * <p>Records of two customers may arrive in either order: of a deleted one and its successor, the successor is used
     * whichever became known first.
     *
     * @param present what the account uses now
     */
    public static Optional<String> inUse(Collection<StripeCustomer> customers, @Nullable String present) {
        return customers.stream()
                .filter(customer -> !customer.deleted)
                .max(Comparator.comparing((StripeCustomer customer) -> customer.customerId.equals(present))
                        .thenComparing(StripeCustomer::seenAt)
                        .thenComparing(StripeCustomer::customerId))
                .map(StripeCustomer::customerId);
    }
}
