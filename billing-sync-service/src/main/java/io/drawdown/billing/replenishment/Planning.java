package io.drawdown.billing.replenishment;

import io.drawdown.billing.customer.CustomerLinks;
import io.drawdown.billing.domain.ChargeLine;
import io.drawdown.billing.domain.Failure;
import io.drawdown.billing.domain.FailureReason;
import io.drawdown.billing.domain.InexactAmount;
import io.drawdown.billing.domain.MinorUnit;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.settings.SyncProperties;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The first step of a charge: who pays and for what. Nothing is changed in Stripe yet. */
@Component
class Planning {

    private final CustomerLinks customers;
    private final Charges charges;
    private final CreditPrices prices;
    private final SyncProperties properties;
    private final Clock clock;

    Planning(CustomerLinks customers, Charges charges, CreditPrices prices, SyncProperties properties, Clock clock) {
        this.customers = customers;
        this.charges = charges;
        this.prices = prices;
        this.properties = properties;
        this.clock = clock;
    }

    Progress plan(StoredReplenishment stored) {
        var asked = stored.replenishment();
        return customers
                .customerOf(asked.accountId())
                .map(customer -> planFor(stored, customer))
                .orElseGet(() -> awaitCustomer(asked, stored.storedAt()));
    }

    /**
     * The account may be so new that its customer is still being created. The wait begins when the request came to us: an
     * hour of backlog must not use it up.
     */
    private Progress awaitCustomer(Replenishment asked, Instant storedAt) {
        var patienceEnds = storedAt.plus(properties.customerWait());
        return patienceEnds.isAfter(clock.instant())
                ? new Progress(asked, properties.retryFirst())
                : Progress.goOn(asked.failed(noCustomer("Its account has no customer in Stripe after "
                        + properties.customerWait() + "; see GET /v1/sync for what holds it up.")));
    }

    private Progress planFor(StoredReplenishment stored, String customer) {
        var asked = stored.replenishment();
        try {
            MinorUnit.toMinor(asked.amount());
        } catch (InexactAmount e) {
            return Progress.goOn(asked.failed(
                    new Failure(FailureReason.REJECTED, "inexact_amount", String.valueOf(e.getMessage()))));
        }
        return switch (charges.payer(customer)) {
            case READY -> Progress.goOn(asked.planned(customer, ChargeLine.choose(asked.amount(), prices.sellable())));
            case WITHOUT_PAYMENT_METHOD -> Progress.goOn(asked.failed(noPaymentMethod()));
            case GONE -> awaitSuccessor(stored, customer);
        };
    }

    private Progress awaitSuccessor(StoredReplenishment stored, String deletedCustomer) {
        customers.doubt(deletedCustomer);
        return awaitCustomer(stored.replenishment(), stored.storedAt());
    }

    static Failure noPaymentMethod() {
        return new Failure(
                FailureReason.NO_PAYMENT_METHOD,
                null,
                "The customer has no default payment method; add one in Stripe.");
    }

    private static Failure noCustomer(String detail) {
        return new Failure(FailureReason.NO_CUSTOMER, null, detail);
    }
}
