package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Table {@code parked_usage}, in the order of arrival within a partition. */
@Component
class ParkedUsageTable {

    private static final String COLUMNS = "source_partition, source_offset, account_id, meter_id, source, usage_id,"
            + " quantity, occurred_at, trace_id, reason, detail, parked_at";
    private static final int STATEMENTS_AT_ONCE = 1_000;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    ParkedUsageTable(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(Collection<ParkedUsage> parked) {
        if (parked.isEmpty()) {
            return;
        }
        var now = Timestamp.from(clock.instant());
        jdbc.batchUpdate(
                "insert into parked_usage (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                parked,
                STATEMENTS_AT_ONCE,
                (statement, row) -> {
                    var usage = row.usage();
                    statement.setInt(1, usage.sourcePartition());
                    statement.setLong(2, usage.sourceOffset());
                    statement.setString(3, usage.accountId().value());
                    statement.setString(4, usage.meterId());
                    statement.setString(5, usage.source());
                    statement.setString(6, usage.id());
                    statement.setString(7, usage.quantity().toPlainString());
                    statement.setTimestamp(8, Timestamp.from(usage.occurredAt()));
                    statement.setString(9, usage.traceId());
                    statement.setString(10, row.reason().code());
                    statement.setString(11, row.detail());
                    statement.setTimestamp(12, now);
                });
    }

    /** The next rows after a place. */
    List<ParkedUsage> after(Place place, int limit) {
        return jdbc.query(
                "select " + COLUMNS + " from parked_usage where (source_partition, source_offset) > (?, ?)"
                        + " order by source_partition, source_offset limit ?",
                (row, _) -> parked(row),
                place.partition(),
                place.offset(),
                limit);
    }

    /** Locks what accounts have in a stretch for this transaction, without what another transaction is replaying. */
    List<ParkedUsage> lock(Stretch stretch, Set<AccountId> accounts) {
        return jdbc.query(
                "select " + COLUMNS + " from parked_usage where (source_partition, source_offset) between (?, ?)"
                        + " and (?, ?) and account_id = any(?)"
                        + " order by source_partition, source_offset for update skip locked",
                (row, _) -> parked(row),
                stretch.first().partition(),
                stretch.first().offset(),
                stretch.last().partition(),
                stretch.last().offset(),
                ids(accounts));
    }

    /** Accounts with usage that failed. */
    Set<AccountId> failedAccounts() {
        return new HashSet<>(jdbc.query(
                "select distinct account_id from parked_usage where reason = 'failed'",
                (row, _) -> new AccountId(row.getString(1))));
    }

    /** Those of some accounts with usage that failed. */
    Set<AccountId> failedAmong(Set<AccountId> accounts) {
        return new HashSet<>(jdbc.query(
                "select distinct account_id from parked_usage where reason = 'failed' and account_id = any(?)",
                (row, _) -> new AccountId(row.getString(1)),
                (Object) ids(accounts)));
    }

    private static String[] ids(Set<AccountId> accounts) {
        return accounts.stream().map(AccountId::value).toArray(String[]::new);
    }

    void remove(Collection<Usage> usage) {
        jdbc.batchUpdate(
                "delete from parked_usage where source_partition = ? and source_offset = ?",
                usage,
                STATEMENTS_AT_ONCE,
                (statement, row) -> {
                    statement.setInt(1, row.sourcePartition());
                    statement.setLong(2, row.sourceOffset());
                });
    }

    /**
     * Has parked usage count otherwise, or not at all.
     *
     * @return whether it is parked
     */
    boolean correct(CorrectedUsage corrected) {
        var replacement = corrected.replacement();
        return replacement == null
                ? jdbc.update(
                                "delete from parked_usage where source_partition = ? and source_offset = ?",
                                corrected.sourcePartition(),
                                corrected.usageOffset())
                        > 0
                : jdbc.update(
                                "update parked_usage set quantity = ?, occurred_at = ?"
                                        + " where source_partition = ? and source_offset = ?",
                                replacement.quantity().toPlainString(),
                                Timestamp.from(replacement.occurredAt()),
                                corrected.sourcePartition(),
                                corrected.usageOffset())
                        > 0;
    }

    /** Says anew why usage is parked. */
    void explain(Collection<ParkedUsage> parked) {
        jdbc.batchUpdate(
                "update parked_usage set reason = ?, detail = ? where source_partition = ? and source_offset = ?",
                parked,
                STATEMENTS_AT_ONCE,
                (statement, row) -> {
                    statement.setString(1, row.reason().code());
                    statement.setString(2, row.detail());
                    statement.setInt(3, row.usage().sourcePartition());
                    statement.setLong(4, row.usage().sourceOffset());
                });
    }

    List<ParkedUsageView> list(Place after, int limit) {
        return jdbc.query(
                "select " + COLUMNS + " from parked_usage where (source_partition, source_offset) > (?, ?)"
                        + " order by source_partition, source_offset limit ?",
                (row, _) -> ParkedUsageView.of(
                        usage(row),
                        row.getString("reason"),
                        row.getString("detail"),
                        row.getTimestamp("parked_at").toInstant()),
                after.partition(),
                after.offset(),
                limit);
    }

    /** Why a usage event is parked, and what would help; empty if it is not. */
    Optional<String> reasonOf(AccountId account, UsageName usage) {
        return jdbc
                .query(
                        "select reason, detail from parked_usage"
                                + " where account_id = ? and usage_id = ? and source = ? limit 1",
                        (row, _) -> row.getString("reason") + ", " + row.getString("detail"),
                        account.value(),
                        usage.id(),
                        usage.source())
                .stream()
                .findFirst();
    }

    private static ParkedUsage parked(ResultSet row) throws SQLException {
        return new ParkedUsage(usage(row), Reason.of(row.getString("reason")), row.getString("detail"));
    }

    private static Usage usage(ResultSet row) throws SQLException {
        return new Usage(
                row.getInt("source_partition"),
                row.getLong("source_offset"),
                new AccountId(row.getString("account_id")),
                row.getString("meter_id"),
                row.getString("source"),
                row.getString("usage_id"),
                new BigDecimal(row.getString("quantity")),
                row.getTimestamp("occurred_at").toInstant(),
                row.getString("trace_id"));
    }

    /** A place in the order of arrival. */
    record Place(int partition, long offset) {

        static final Place START = new Place(-1, -1);

        static Place of(Usage usage) {
            return new Place(usage.sourcePartition(), usage.sourceOffset());
        }
    }

    /** From one place to another, both included. */
    record Stretch(Place first, Place last) {

        /** @param parked at least one, in the order of arrival */
        static Stretch of(List<ParkedUsage> parked) {
            return new Stretch(
                    Place.of(parked.getFirst().usage()),
                    Place.of(parked.getLast().usage()));
        }
    }
}
