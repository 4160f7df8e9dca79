package io.drawdown.billing.customer;

import io.drawdown.billing.customer.CustomerGateway.NewCustomer;
import io.drawdown.billing.work.WorkLoop;
import io.drawdown.events.Topic;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes note of accounts; Stripe is asked later, so that its moods never hold the topic up. */
@Component
class AccountListener {

    private final AccountCustomers accounts;
    private final WorkLoop customerLoop;
    private final Clock clock;

    AccountListener(AccountCustomers accounts, WorkLoop customerLoop, Clock clock) {
        this.accounts = accounts;
        this.customerLoop = customerLoop;
        this.clock = clock;
    }

    @KafkaListener(id = "billing-sync-accounts", idIsGroup = false, topics = Topic.Name.CRM_ACCOUNTS)
    void on(ConsumerRecord<String, @Nullable Account> accountRecord) {
        var account = accountRecord.value();
        if (account == null) {
            return; // A tombstone: the customer in Stripe keeps its invoices and is not ours to remove.
        }
        if (account.getStatus() == AccountStatus.CLOSED) {
            accounts.close(account.getAccountId(), account.getUpdatedAt());
            return; // Nothing will be charged to it any more, so Stripe need not hear of it.
        }
        var wanted = new NewCustomer(account.getAccountId(), account.getName(), account.getEmail());
        accounts.accept(wanted, account.getStripeCustomerId(), account.getUpdatedAt(), clock.instant());
        customerLoop.wake();
    }
}
