package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.WalletId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Table {@code replayed_usage}. */
@Component
class ReplayedUsageTable {

    private static final int STATEMENTS_AT_ONCE = 1_000;

    private final JdbcTemplate jdbc;

    ReplayedUsageTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void add(List<ReplayedUsage.Place> places, Instant now) {
        var at = Timestamp.from(now);
        jdbc.batchUpdate(
                "insert into replayed_usage (source_partition, source_offset, wallet_id, sequence_number, noted_at)"
                        + " values (?, ?, ?, ?, ?) on conflict (source_partition, source_offset) do update"
                        + " set wallet_id = excluded.wallet_id, sequence_number = excluded.sequence_number,"
                        + " noted_at = excluded.noted_at",
                places,
                STATEMENTS_AT_ONCE,
                (statement, place) -> {
                    statement.setInt(1, place.usage().sourcePartition());
                    statement.setLong(2, place.usage().sourceOffset());
                    statement.setString(3, place.walletId().value());
                    statement.setLong(4, place.sequence());
                    statement.setTimestamp(5, at);
                });
    }

    /**
     * Forgets what was noted before an instant, but for usage of which a correction is parked.
     *
     * @return how much that was
     */
    int forgetBefore(Instant instant) {
        return jdbc.update(
                "delete from replayed_usage as noted where noted_at < ? and not exists"
                        + " (select 1 from parked_correction as parked"
                        + " where parked.source_partition = noted.source_partition"
                        + " and parked.usage_offset = noted.source_offset)",
                Timestamp.from(instant));
    }

    /** From which sequence of the wallet on the usage is found; empty when it was not parked. */
    OptionalLong sequence(WalletId walletId, int partition, long offset) {
        return jdbc
                .queryForList(
                        "select sequence_number from replayed_usage"
                                + " where source_partition = ? and source_offset = ? and wallet_id = ?",
                        Long.class,
                        partition,
                        offset,
                        walletId.value())
                .stream()
                .mapToLong(Long::longValue)
                .findAny();
    }
}
