package io.drawdown.billing.customer;

import io.drawdown.billing.domain.BackOff;
import io.drawdown.billing.domain.CustomerSnapshot;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.mirror.RefreshQueue;
import io.drawdown.billing.settings.SyncProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives accounts their customers in Stripe and tells Stripe of changed names and addresses. */
@Component
class CustomerProvisioning {

    /** Stripe may forget a key after a day; an hour less leaves room for clocks that differ. */
    private static final Duration KEY_LIFE = Duration.ofHours(23);

    private static final Logger log = LoggerFactory.getLogger(CustomerProvisioning.class);

    private final AccountCustomers accounts;
    private final CustomerGateway stripe;
    private final RefreshQueue refreshes;
    private final TransactionTemplate transaction;
    private final BackOff backOff;
    private final Clock clock;

    CustomerProvisioning(
            AccountCustomers accounts,
            CustomerGateway stripe,
            RefreshQueue refreshes,
            TransactionTemplate transaction,
            SyncProperties properties,
            Clock clock) {
        this.accounts = accounts;
        this.stripe = stripe;
        this.refreshes = refreshes;
        this.transaction = transaction;
        this.backOff = properties.backOff();
        this.clock = clock;
    }

    /** Brings one account a step forward; the account's row is held meanwhile. */
    boolean provisionNext() {
        var taken = new AtomicReference<@Nullable AccountCustomer>();
        try {
            transaction.executeWithoutResult(
                    _ -> accounts.lockDue(clock.instant()).ifPresent(account -> {
                        taken.set(account);
                        tryStep(account);
                    }));
        } catch (RuntimeException e) {
            postponeUnexpected(taken.get(), e);
        }
        return taken.get() != null;
    }

    /** The step was rolled back; unless it waits now, it would be the first in the queue for ever. */
    private void postponeUnexpected(@Nullable AccountCustomer account, RuntimeException cause) {
        if (account == null) {
            throw cause;
        }
        log.warn(
                "The customer of account {} is seen to later; the step failed in a way that nobody foresaw.",
                account.accountId(),
                cause);
        var next = clock.instant().plus(backOff.after(account.attempts() + 1));
        transaction.executeWithoutResult(_ -> accounts.postpone(account, next, cause.toString()));
    }

    private void tryStep(AccountCustomer account) {
        try {
            step(account);
        } catch (StripeFailure e) {
            postpone(account, e);
        }
    }

    private void step(AccountCustomer account) {
        if (account.customerId() != null) {
            tellChanges(account, account.customerId());
        } else if (account.wanted() == null) {
            accounts.save(account, null, null);
        } else if (account.createStartedAt() == null || account.sent() == null) {
            // Stored before Stripe is asked, so that every try under this key says the same.
            accounts.save(account.startCreating(clock.instant(), account.keyGeneration()), clock.instant(), null);
        } else {
            create(account, account.sent());
        }
    }

    private void tellChanges(AccountCustomer account, String customerId) {
        if (account.isStaleInStripe()) {
            try {
                stripe.update(customerId, Objects.requireNonNull(account.wanted()));
            } catch (StripeFailure.Refused e) {
                refreshes.request(new ObjectRef(ObjectKind.CUSTOMER, customerId)); // It may be deleted, unheard of.
                throw e;
            }
        }
        finish(account.told(), customerId);
    }

    private void create(AccountCustomer account, CustomerGateway.NewCustomer sent) {
        var found = lookFirst(account, sent);
        if (found.isPresent()) {
            link(account, found.get(), sent);
        } else if (isKeyOld(account)) {
            accounts.save(account.startCreating(clock.instant(), account.keyGeneration() + 1), clock.instant(), null);
        } else {
            link(account, stripe.create(sent, account.createKey()), sent);
        }
    }

    /** After a try whose outcome nobody knows, and once the key may be forgotten, what exists decides. */
    private Optional<String> lookFirst(AccountCustomer account, CustomerGateway.NewCustomer sent) {
        return account.attempts() > 0 || isKeyOld(account)
                ? stripe.findByAccount(account.accountId(), sent.email()).map(CustomerSnapshot::customerId)
                : Optional.empty();
    }

    private boolean isKeyOld(AccountCustomer account) {
        var started = Objects.requireNonNull(account.createStartedAt());
        return started.plus(KEY_LIFE).isBefore(clock.instant());
    }

    private void link(AccountCustomer account, String customerId, CustomerGateway.NewCustomer told) {
        finish(account.linked(customerId, told), customerId);
    }

    private void finish(AccountCustomer account, String customerId) {
        accounts.save(account, account.isStaleInStripe() ? clock.instant() : null, null);
        refreshes.request(new ObjectRef(ObjectKind.CUSTOMER, customerId));
    }

    private void postpone(AccountCustomer account, StripeFailure failure) {
        var next = clock.instant().plus(backOff.after(account.attempts() + 1));
        accounts.save(afterFailure(account, failure), next, failure.getMessage());
    }

    private static AccountCustomer afterFailure(AccountCustomer account, StripeFailure failure) {
        if (account.customerId() != null) {
            return account;
        }
        return switch (failure) {
            case StripeFailure.Refused _ -> account.startOver();
            case StripeFailure.OutcomeUnknown unknown when unknown.isReplayed() -> account.withFreshKey();
            case StripeFailure.OutcomeUnknown _, StripeFailure.Busy _, StripeFailure.Declined _ -> account;
        };
    }
}
