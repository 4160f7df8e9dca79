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
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** {@link CustomerGateway} on Stripe. */
@Component
class StripeCustomers implements CustomerGateway {

    private static final long PAGE = 100;

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
        var query = CustomerListParams.builder().setEmail(email).setLimit(PAGE).build();
        return calls.read(() -> StreamSupport.stream(
                        customers.list(query).autoPagingIterable().spliterator(), false)
                .filter(customer -> accountId.equals(Metadata.value(customer.getMetadata(), Metadata.ACCOUNT)))
                .findFirst()
                .map(CustomerMapping::toSnapshot));
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
