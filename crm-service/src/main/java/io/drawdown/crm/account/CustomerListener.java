package io.drawdown.crm.account;

import io.drawdown.crm.account.domain.StripeCustomer;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Customer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Learns which customer in Stripe belongs to which account.
 *
 * <p>A repeated record changes nothing; a customer that names no account is nobody's and is left alone.
 */
@Component
class CustomerListener {

    private final Accounts accounts;

    CustomerListener(Accounts accounts) {
        this.accounts = accounts;
    }

    @KafkaListener(topics = Topic.Name.BILLING_CUSTOMERS)
    void on(ConsumerRecord<String, Customer> message) {
        var customer = message.value();
        var accountId = customer.getAccountId();
        if (accountId != null) {
            accounts.see(new StripeCustomer(
                    customer.getCustomerId(), accountId, customer.getDeleted(), customer.getUpdatedAt()));
        }
    }
}
