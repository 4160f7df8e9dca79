package io.drawdown.crm.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.crm.CrmPlatform;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.crm.Account;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CustomerListenerIT extends CrmPlatform {

    static final Instant EARLY = Instant.parse("2026-11-02T10:00:00Z");
    static final Instant LATE = Instant.parse("2026-11-03T10:00:00Z");

    @Test
    void givesTheAccountItsCustomerAndPublishesIt() {
        var accountId = account("Billed");
        var customerId = unique("cus");

        see(customer(customerId, accountId, false, EARLY));

        assertThat(customersPublished(accountId, 2)).containsExactly(null, customerId);
        assertThat(bodyOf(get("cs", "/v1/accounts/" + accountId)).text("stripeCustomerId"))
                .isEqualTo(customerId);
    }

    @Test
    void ignoresARedeliveredCustomer() {
        var accountId = account("Redelivered");
        var customerId = unique("cus");

        see(customer(customerId, accountId, false, EARLY));
        see(customer(customerId, accountId, false, EARLY));
        see(customer(customerId, accountId, false, LATE));
        see(customer(customerId, accountId, true, LATE.plusSeconds(1)));

        assertThat(customersPublished(accountId, 3)).containsExactly(null, customerId, null);
    }

    @Test
    void ignoresAnOlderState() {
        var accountId = account("Outdated");
        var customerId = unique("cus");

        see(customer(customerId, accountId, false, LATE));
        see(customer(customerId, accountId, true, EARLY));
        see(customer(customerId, accountId, true, LATE.plusSeconds(1)));

        assertThat(customersPublished(accountId, 3)).containsExactly(null, customerId, null);
    }

    @Test
    void takesTheSuccessorOfADeletedCustomer() {
        var accountId = account("Succeeded");
        var first = unique("cus");
        var second = unique("cus");
        see(customer(first, accountId, false, EARLY));
        customersPublished(accountId, 2);

        see(customer(second, accountId, false, LATE));
        see(customer(first, accountId, true, LATE));

        assertThat(customersPublished(accountId, 3)).containsExactly(null, first, second);
    }

    @Test
    void followsACustomerToAnotherAccount() {
        var former = account("Former");
        var later = account("Later");
        var customerId = unique("cus");
        see(customer(customerId, former, false, EARLY));
        customersPublished(former, 2);

        see(customer(customerId, later, false, LATE));

        assertThat(customersPublished(former, 3)).containsExactly(null, customerId, null);
        assertThat(customersPublished(later, 2)).containsExactly(null, customerId);
    }

    @Test
    void leavesACustomerOfNobodyAndOneOfAnUnknownAccountAlone() {
        var accountId = account("Bystander");
        var customerId = unique("cus");

        see(customer(customerId, null, false, EARLY));
        see(customer(customerId, "acct_none", false, EARLY));
        see(customer(customerId, accountId, false, LATE));

        assertThat(customersPublished(accountId, 2)).containsExactly(null, customerId);
    }

    private void see(Customer customer) {
        published.send(Topic.BILLING_CUSTOMERS, customer.getCustomerId(), customer);
    }

    private List<@Nullable String> customersPublished(String accountId, int expected) {
        return published.await(Topic.CRM_ACCOUNTS, accountId, Account.class, expected).stream()
                .map(Account::getStripeCustomerId)
                .toList();
    }

    static Customer customer(String customerId, @Nullable String accountId, boolean deleted, Instant seenAt) {
        return new Customer(customerId, accountId, "Acme", "ada@example.test", true, deleted, seenAt);
    }
}
