package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Customer;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.service.CustomerService;
import io.drawdown.billing.customer.CustomerGateway;
import io.drawdown.billing.domain.CustomerSnapshot;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@link CustomerGateway} on Stripe. */
@Component
class StripeCustomers implements CustomerGateway {

    private final CustomerService customers;
    private final StripeCalls calls;

    StripeCustomers(StripeClient client, StripeCalls calls) {
        this.customers = client.v1().customers();
        this.calls = calls;
    }

    @Override
    public Optional<CustomerSnapshot> find(String customerId) {
        return calls.readIfThere(() -> customers.retrieve(customerId)).map(CustomerMapping::toSnapshot);
    }

    /** By the list, which shows what was just created; the search would lag behind it. */
    @Override
    public Optional<CustomerSnapshot> findByAccount(String accountId, String email) {
        var found = new ArrayList<CustomerSnapshot>();
        Pages.walk(calls, id -> customers.list(pageOf(email, id)), customer -> {
            if (accountId.equals(Metadata.value(customer.getMetadata(), Metadata.ACCOUNT))) {
                found.add(CustomerMapping.toSnapshot(customer));
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    private static CustomerListParams pageOf(String email, @Nullable String after) {
        return CustomerListParams.builder()
                .setEmail(email)
                .setLimit(Pages.SIZE)
                .setStartingAfter(after)
                .build();
    }

    @Override
    public String create(NewCustomer customer, String idempotencyKey) {
        var request = CustomerCreateParams.builder()
                .setName(customer.name())
                .setEmail(customer.email())
                .putMetadata(Metadata.ACCOUNT, customer.accountId())
                .build();
        var options = RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
        Customer created = calls.change(() -> customers.create(request, options));
        return created.getId();
    }

    @Override
    public void update(String customerId, NewCustomer customer) {
        var request = CustomerUpdateParams.builder()
                .setName(customer.name())
                .setEmail(customer.email())
                .putMetadata(Metadata.ACCOUNT, customer.accountId())
                .build();
        calls.change(() -> customers.update(customerId, request));
    }
}
