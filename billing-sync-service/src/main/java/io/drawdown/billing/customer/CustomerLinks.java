package io.drawdown.billing.customer;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.mirror.RefreshQueue;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which account a customer belongs to, and which customer an account has. */
@Component
public class CustomerLinks {

    private final AccountCustomers accounts;
    private final RefreshQueue refreshes;

    CustomerLinks(AccountCustomers accounts, RefreshQueue refreshes) {
        this.accounts = accounts;
        this.refreshes = refreshes;
    }

    /** The account's customer in Stripe; empty until it has one. */
    public Optional<String> customerOf(String accountId) {
        return accounts.customerOf(accountId);
    }

    /** Asks for a customer again that seems to be deleted; then its account gets another. */
    public void doubt(String customerId) {
        refreshes.request(new ObjectRef(ObjectKind.CUSTOMER, customerId));
    }

    /**
     * The account of something that belongs to a customer. An unknown customer is asked for, and once its account is
     * known everything published without one is refreshed.
     */
    public Optional<String> ownerOf(String customerId) {
        var account = accounts.accountOf(customerId);
        if (account.isEmpty()) {
            refreshes.request(new ObjectRef(ObjectKind.CUSTOMER, customerId));
        }
        return account;
    }
}
