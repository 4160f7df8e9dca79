package io.drawdown.crm.account;

import io.drawdown.crm.account.domain.Account;
import io.drawdown.crm.account.domain.AccountStatus;
import io.drawdown.crm.paging.Slice;
import io.drawdown.crm.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tables {@code account} and {@code account_external_key}. */
@Repository
class AccountTable {

    private static final String SELECT = """
            select a.*, array(select k.external_key from account_external_key k
                where k.account_id = a.account_id order by k.external_key) as external_keys
            from account a""";

    private final JdbcClient jdbc;

    AccountTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a new account, which has no external keys and no customer in Stripe yet. */
    void add(Account account) {
        jdbc.sql("""
                        insert into account (account_id, opportunity_id, company_id, name, email, owner, currency,
                            time_zone, status, created_at, updated_at)
                        values (:id, :opportunity, :company, :name, :email, :owner, :currency, :zone, :status,
                            :created, :updated)""")
                .param("id", account.accountId())
                .param("opportunity", account.opportunityId())
                .param("company", account.companyId())
                .param("name", account.name())
                .param("email", account.email())
                .param("owner", account.owner())
                .param("currency", account.currency())
                .param("zone", account.timeZone().getId())
                .param("status", account.status().name())
                .param("created", Columns.timestamp(account.createdAt()))
                .param("updated", Columns.timestamp(account.updatedAt()))
                .update();
    }

    /** Writes what may change but for the external keys. The caller holds the row's lock. */
    void store(Account account) {
        jdbc.sql("update account set stripe_customer_id = :customer, updated_at = :updated where account_id = :id")
                .param("id", account.accountId())
                .param("customer", account.stripeCustomerId())
                .param("updated", Columns.timestamp(account.updatedAt()))
                .update();
    }

    /**
     * Writes the external keys. The caller holds the row's lock.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another account has got one of them meanwhile
     */
    void storeExternalKeys(Account account) {
        jdbc.sql("delete from account_external_key where account_id = ?")
                .param(account.accountId())
                .update();
        for (var key : account.externalKeys()) {
            jdbc.sql("insert into account_external_key (external_key, account_id) values (?, ?)")
                    .params(key, account.accountId())
                    .update();
        }
    }

    /** The account that has the external key, if any has. */
    Optional<String> ownerOf(String externalKey) {
        return jdbc.sql("select account_id from account_external_key where external_key = ?")
                .param(externalKey)
                .query(String.class)
                .optional();
    }

    Optional<Account> find(String accountId) {
        return jdbc.sql(SELECT + " where a.account_id = ?")
                .param(accountId)
                .query(AccountTable::account)
                .optional();
    }

    /**
     * The account, locked until the transaction ends.
     *
     * <p>Two statements: one that waits for the lock would read the external keys as they were before the wait.
     */
    Optional<Account> lock(String accountId) {
        jdbc.sql("select account_id from account where account_id = ? for update")
                .param(accountId)
                .query(String.class)
                .optional();
        return find(accountId);
    }

    /** Newest first. */
    List<Account> list(Slice slice) {
        return jdbc.sql(SELECT + """

                        where cast(:before as text) is null or a.account_id < :before
                        order by a.account_id desc limit :rows""")
                .param("before", slice.cursor())
                .param("rows", slice.rows())
                .query(AccountTable::account)
                .list();
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getString("account_id"),
                row.getString("opportunity_id"),
                row.getString("company_id"),
                row.getString("name"),
                row.getString("email"),
                row.getString("owner"),
                row.getString("currency"),
                ZoneId.of(row.getString("time_zone")),
                AccountStatus.valueOf(row.getString("status")),
                row.getString("stripe_customer_id"),
                List.of((String[]) row.getArray("external_keys").getArray()),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
