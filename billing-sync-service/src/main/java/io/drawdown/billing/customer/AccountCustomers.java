package io.drawdown.billing.customer;

import io.drawdown.billing.customer.CustomerGateway.NewCustomer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code account_customer}: which account has which customer. */
@Repository
class AccountCustomers {

    private static final int MOST_ERROR_CHARACTERS = 500;

    private final JdbcClient jdbc;

    AccountCustomers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes over an account's present state. Work is due if its customer is missing or knows another name or address;
     * an older state than the one already known changes nothing.
     */
    void accept(NewCustomer account, @Nullable String customerId, Instant updatedAt, Instant now) {
        jdbc.sql("""
                insert into account_customer as known
                    (account_id, account_updated_at, name, email, customer_id, next_attempt_at)
                values (:account, :updated, :name, :email,
                    (select :customer where not exists (select from former_customer where customer_id = :customer)),
                    :now)
                on conflict (account_id) do update set
                    account_updated_at = excluded.account_updated_at,
                    closed = false,
                    name = excluded.name,
                    email = excluded.email,
                    customer_id = coalesce(known.customer_id, excluded.customer_id),
                    next_attempt_at = case
                        when (known.name, known.email) is distinct from (excluded.name, excluded.email)
                        then excluded.next_attempt_at else known.next_attempt_at end
                where excluded.account_updated_at >= known.account_updated_at""")
                .param("account", account.accountId())
                .param("updated", Timestamp.from(updatedAt))
                .param("name", account.name())
                .param("email", account.email())
                .param("customer", customerId, Types.VARCHAR)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Takes note that nothing will be charged to an account any more, so that it needs no new customer. */
    void close(String accountId, Instant updatedAt) {
        jdbc.sql("""
                update account_customer set closed = true, account_updated_at = :updated
                where account_id = :account and account_updated_at <= :updated""")
                .param("account", accountId)
                .param("updated", Timestamp.from(updatedAt))
                .update();
    }

    /**
     * Takes a customer that was deleted in Stripe from its account. What belonged to it stays the account's, and an account
     * that is not closed is due for a successor, under a key that has not been used.
     *
     * @return whether it was the account's customer until now
     */
    boolean retire(String customerId, Instant now) {
        return jdbc.sql("""
                with bereft as (
                    update account_customer set customer_id = null, sent_name = null, sent_email = null,
                        key_generation = key_generation + 1, create_started_at = null, attempts = 0, last_error = null,
                        next_attempt_at = case when name is null or closed then null else cast(:now as timestamptz) end
                    where customer_id = :customer
                    returning account_id)
                insert into former_customer (customer_id, account_id, deleted_at)
                select :customer, account_id, :now from bereft
                on conflict do nothing""")
                        .param("customer", customerId)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /**
     * Links a customer that names an account, unless either of them is linked already.
     *
     * @return whether the customer now belongs to the account
     */
    boolean claim(String accountId, String customerId) {
        return jdbc.sql("""
                insert into account_customer as known (account_id, customer_id) values (:account, :customer)
                on conflict (account_id) do update set customer_id = excluded.customer_id
                where known.customer_id is null or known.customer_id = excluded.customer_id""")
                        .param("account", accountId)
                        .param("customer", customerId)
                        .update()
                == 1;
    }

    /** The account of a customer, also of one that was deleted since. */
    Optional<String> accountOf(String customerId) {
        return jdbc.sql("""
                select account_id from account_customer where customer_id = :customer
                union all select account_id from former_customer where customer_id = :customer limit 1""").param("customer", customerId).query(String.class).optional();
    }

    Optional<String> customerOf(String accountId) {
        return jdbc.sql("select customer_id from account_customer where account_id = ? and customer_id is not null")
                .params(accountId)
                .query(String.class)
                .optional();
    }

    /** Takes one account whose work is due, for the rest of the transaction. */
    Optional<AccountCustomer> lockDue(Instant now) {
        return jdbc.sql("""
                select * from account_customer where next_attempt_at <= ?
                order by next_attempt_at limit 1 for update skip locked""")
                .params(Timestamp.from(now))
                .query(AccountCustomers::toAccountCustomer)
                .optional();
    }

    private static AccountCustomer toAccountCustomer(ResultSet row, int rowNumber) throws SQLException {
        var started = row.getTimestamp("create_started_at");
        return new AccountCustomer(
                row.getString("account_id"),
                newCustomer(row, "name", "email"),
                row.getString("customer_id"),
                newCustomer(row, "sent_name", "sent_email"),
                row.getInt("key_generation"),
                started == null ? null : started.toInstant(),
                row.getInt("attempts"));
    }

    private static @Nullable NewCustomer newCustomer(ResultSet row, String name, String email) throws SQLException {
        return row.getString(name) == null
                ? null
                : new NewCustomer(row.getString("account_id"), row.getString(name), row.getString(email));
    }

    /**
     * Stores how far an account has come.
     *
     * @param nextAttemptAt when there is more to do; null for never
     * @param error why the last try failed; null if it did not
     */
    void save(AccountCustomer account, @Nullable Instant nextAttemptAt, @Nullable String error) {
        var sent = account.sent();
        jdbc.sql("""
                update account_customer set customer_id = :customer, sent_name = :name, sent_email = :email,
                    key_generation = :generation, create_started_at = :started, attempts = :attempts,
                    next_attempt_at = :next, last_error = left(:error, :most)
                where account_id = :account""")
                .param("customer", account.customerId())
                .param("name", sent == null ? null : sent.name())
                .param("email", sent == null ? null : sent.email())
                .param("generation", account.keyGeneration())
                .param("started", timestamp(account.createStartedAt()))
                .param("attempts", error == null ? account.attempts() : account.attempts() + 1)
                .param("next", timestamp(nextAttemptAt))
                .param("error", error)
                .param("most", MOST_ERROR_CHARACTERS)
                .param("account", account.accountId())
                .update();
    }

    /** Makes one wait whose step was rolled back, unless somebody has taken it since; its state stays. */
    void postpone(AccountCustomer account, Instant nextAttemptAt, String error) {
        jdbc.sql("""
                update account_customer set attempts = attempts + 1, next_attempt_at = :next,
                    last_error = left(:error, :most)
                where account_id = :account and attempts = :attempts and key_generation = :generation
                    and customer_id is not distinct from :customer and next_attempt_at < :next""")
                .param("next", Timestamp.from(nextAttemptAt))
                .param("error", error)
                .param("most", MOST_ERROR_CHARACTERS)
                .param("account", account.accountId())
                .param("attempts", account.attempts())
                .param("generation", account.keyGeneration())
                .param("customer", account.customerId())
                .update();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
