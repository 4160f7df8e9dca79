package io.drawdown.reporting.account;

import io.drawdown.events.Topic;
import io.drawdown.events.crm.Account;
import io.drawdown.reporting.amount.Columns;
import io.drawdown.reporting.projection.ProjectionStore;
import io.drawdown.reporting.projection.TopicProjection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps table {@code account}: the latest state of each. */
@Component
class AccountProjection extends TopicProjection<Account> {

    private final JdbcClient jdbc;

    AccountProjection(ProjectionStore store, JdbcClient jdbc) {
        super(Topic.CRM_ACCOUNTS, store);
        this.jdbc = jdbc;
    }

    @Override
    protected void apply(List<Account> accounts) {
        accounts.forEach(this::apply);
    }

    private void apply(Account account) {
        jdbc.sql("""
                        insert into account (account_id, name, email, currency, status, stripe_customer_id, updated_at)
                        values (:id, :name, :email, :currency, :status, :customer, :updated)
                        on conflict (account_id) do update set name = excluded.name, email = excluded.email,
                            currency = excluded.currency, status = excluded.status,
                            stripe_customer_id = excluded.stripe_customer_id, updated_at = excluded.updated_at
                            where account.updated_at <= excluded.updated_at""")
                .param("id", account.getAccountId())
                .param("name", account.getName())
                .param("email", account.getEmail())
                .param("currency", account.getCurrency())
                .param("status", account.getStatus().name())
                .param("customer", account.getStripeCustomerId())
                .param("updated", Columns.timestamp(account.getUpdatedAt()))
                .update();
    }
}
