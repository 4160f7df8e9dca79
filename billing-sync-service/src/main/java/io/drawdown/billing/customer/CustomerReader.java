package io.drawdown.billing.customer;

import io.drawdown.billing.domain.CustomerSnapshot;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.mirror.ObjectReader;
import io.drawdown.billing.mirror.Observation;
import io.drawdown.billing.mirror.RefreshQueue;
import io.drawdown.billing.work.WorkLoop;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Customer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads customers, links one that names its account in metadata, and takes a deleted one from its account. */
@Component
class CustomerReader implements ObjectReader {

    private static final Logger log = LoggerFactory.getLogger(CustomerReader.class);

    private final CustomerGateway stripe;
    private final AccountCustomers accounts;
    private final RefreshQueue refreshes;
    private final WorkLoop customerLoop;
    private final Clock clock;

    CustomerReader(
            CustomerGateway stripe,
            AccountCustomers accounts,
            RefreshQueue refreshes,
            WorkLoop customerLoop,
            Clock clock) {
        this.stripe = stripe;
        this.accounts = accounts;
        this.refreshes = refreshes;
        this.customerLoop = customerLoop;
        this.clock = clock;
    }

    @Override
    public ObjectKind kind() {
        return ObjectKind.CUSTOMER;
    }

    @Override
    public Optional<Observation> read(String customerId) {
        return stripe.find(customerId).map(this::observe);
    }

    private Observation observe(CustomerSnapshot customer) {
        var account = accounts.accountOf(customer.customerId())
                .or(() -> claim(customer))
                .orElse(null);
        if (customer.deleted()) {
            retire(customer.customerId());
        }
        if (account != null) {
            refreshes.requestUnownedOf(customer.customerId());
        }
        return new Observation(
                Topic.BILLING_CUSTOMERS, customer.customerId(), account, seenAt -> toRecord(customer, account, seenAt));
    }

    private void retire(String customerId) {
        if (accounts.retire(customerId, clock.instant())) {
            log.warn("Customer {} was deleted in Stripe; its account gets another.", customerId);
            customerLoop.wake();
        }
    }

    private Optional<String> claim(CustomerSnapshot customer) {
        var claimed = customer.claimedAccountId();
        if (claimed == null || customer.deleted()) {
            return Optional.empty();
        }
        if (accounts.claim(claimed, customer.customerId())) {
            return Optional.of(claimed);
        }
        log.warn(
                "Customer {} names account {}, which has another customer; it stays without an account. Correct its"
                        + " metadata in Stripe.",
                customer.customerId(),
                claimed);
        return Optional.empty();
    }

    private static Customer toRecord(CustomerSnapshot customer, @Nullable String account, Instant seenAt) {
        return Customer.newBuilder()
                .setCustomerId(customer.customerId())
                .setAccountId(account)
                .setName(customer.name())
                .setEmail(customer.email())
                .setHasDefaultPaymentMethod(customer.hasDefaultPaymentMethod())
                .setDeleted(customer.deleted())
                .setUpdatedAt(seenAt)
                .build();
    }
}
