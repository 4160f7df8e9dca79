package io.drawdown.crm.account;

import io.drawdown.crm.account.domain.StripeCustomer;
import io.drawdown.crm.sql.Columns;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code stripe_customer}: every customer of an account of ours, as last seen. */
@Repository
class StripeCustomerTable {

    private final JdbcClient jdbc;

    StripeCustomerTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the state unless a later one is known. */
    void see(StripeCustomer customer) {
        jdbc.sql("""
                        insert into stripe_customer (customer_id, account_id, deleted, seen_at)
                        values (:id, :account, :deleted, :seen)
                        on conflict (customer_id) do update
                            set account_id = :account, deleted = :deleted, seen_at = :seen
                            where stripe_customer.seen_at <= :seen""")
                .param("id", customer.customerId())
                .param("account", customer.accountId())
                .param("deleted", customer.deleted())
                .param("seen", Columns.timestamp(customer.seenAt()))
                .update();
    }

    /** The account that the customer was last seen to belong to, if it was seen. */
    Optional<String> accountOf(String customerId) {
        return jdbc.sql("select account_id from stripe_customer where customer_id = ?")
                .param(customerId)
                .query(String.class)
                .optional();
    }

    List<StripeCustomer> of(String accountId) {
        return jdbc.sql("select * from stripe_customer where account_id = ?")
                .param(accountId)
                .query((row, _) -> new StripeCustomer(
                        row.getString("customer_id"),
                        row.getString("account_id"),
                        row.getBoolean("deleted"),
                        Columns.instant(row, "seen_at")))
                .list();
    }
}
