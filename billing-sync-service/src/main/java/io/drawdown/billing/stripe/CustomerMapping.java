package io.drawdown.billing.stripe;

import com.stripe.model.Customer;
import io.drawdown.billing.domain.CustomerSnapshot;

/** From Stripe's customer to ours. */
final class CustomerMapping {

    private CustomerMapping() {}

    static CustomerSnapshot toSnapshot(Customer customer) {
        return new CustomerSnapshot(
                customer.getId(),
                Metadata.value(customer.getMetadata(), Metadata.ACCOUNT),
                customer.getName(),
                customer.getEmail(),
                canBeCharged(customer),
                Boolean.TRUE.equals(customer.getDeleted()));
    }

    private static boolean canBeCharged(Customer customer) {
        var settings = customer.getInvoiceSettings();
        return customer.getDefaultSource() != null || (settings != null && settings.getDefaultPaymentMethod() != null);
    }
}
