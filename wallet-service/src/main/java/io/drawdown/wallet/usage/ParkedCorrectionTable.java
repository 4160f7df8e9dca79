package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.usage.CorrectedUsage.Replacement;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import io.drawdown.wallet.usage.ParkedUsageTable.Place;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code parked_correction}: of each usage event the last correction that could not be followed. */
@Component
class ParkedCorrectionTable {

    private final JdbcClient jdbc;
    private final Clock clock;

    ParkedCorrectionTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Parks a correction in the place of an earlier one of the same usage, or says anew why it is parked. */
    void park(ParkedCorrection parked) {
        var corrected = parked.corrected();
        var replacement = corrected.replacement();
        jdbc.sql("""
                        insert into parked_correction (source_partition, usage_offset, correction_offset, account_id,
                            meter_id, source, usage_id, quantity, occurred_at, correction_id, correction_reason,
                            requested_by, reason, detail, parked_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (source_partition, usage_offset) do update
                            set correction_offset = excluded.correction_offset, quantity = excluded.quantity,
                                occurred_at = excluded.occurred_at, correction_id = excluded.correction_id,
                                correction_reason = excluded.correction_reason,
                                requested_by = excluded.requested_by, reason = excluded.reason,
                                detail = excluded.detail""")
                .param(corrected.sourcePartition())
                .param(corrected.usageOffset())
                .param(corrected.sourceOffset())
                .param(corrected.accountId().value())
                .param(corrected.meterId())
                .param(corrected.source())
                .param(corrected.usageId())
                .param(replacement == null ? null : replacement.quantity().toPlainString())
                .param(replacement == null ? null : Timestamp.from(replacement.occurredAt()))
                .param(corrected.correction().id())
                .param(corrected.correction().reason())
                .param(corrected.correction().requestedBy())
                .param(parked.reason().code())
                .param(parked.detail())
                .param(Timestamp.from(clock.instant()))
                .update();
    }

    /** Waits for whoever is trying a parked correction of the same usage. */
    void lock(CorrectedUsage corrected) {
        jdbc.sql("select 1 from parked_correction where source_partition = ? and usage_offset = ? for update")
                .params(corrected.sourcePartition(), corrected.usageOffset())
                .query((_, _) -> true)
                .list();
    }

    /** Whatever was asked for of this usage is settled. */
    void remove(CorrectedUsage corrected) {
        jdbc.sql("delete from parked_correction where source_partition = ? and usage_offset = ?")
                .params(corrected.sourcePartition(), corrected.usageOffset())
                .update();
    }

    /** The next one after a place. */
    Optional<ParkedCorrection> after(Place place) {
        return jdbc.sql("select * from parked_correction where (source_partition, usage_offset) > (?, ?)"
                        + " order by source_partition, usage_offset limit 1")
                .params(place.partition(), place.offset())
                .query((row, _) -> parked(row))
                .optional();
    }

    /** Locks what is parked of the same usage by now, unless somebody else has locked it. */
    Optional<ParkedCorrection> lockLatest(CorrectedUsage corrected) {
        return jdbc.sql("select * from parked_correction where source_partition = ? and usage_offset = ?"
                        + " for update skip locked")
                .params(corrected.sourcePartition(), corrected.usageOffset())
                .query((row, _) -> parked(row))
                .optional();
    }

    List<ParkedCorrectionView> list(Place after, int limit) {
        return jdbc.sql("select * from parked_correction where (source_partition, usage_offset) > (?, ?)"
                        + " order by source_partition, usage_offset limit ?")
                .params(after.partition(), after.offset(), limit)
                .query((row, _) -> ParkedCorrectionView.of(
                        parked(row), row.getTimestamp("parked_at").toInstant()))
                .list();
    }

    private static ParkedCorrection parked(ResultSet row) throws SQLException {
        var corrected = new CorrectedUsage(
                row.getInt("source_partition"),
                row.getLong("correction_offset"),
                row.getLong("usage_offset"),
                new AccountId(row.getString("account_id")),
                row.getString("meter_id"),
                row.getString("source"),
                row.getString("usage_id"),
                replacement(row),
                new Correction(
                        row.getString("correction_id"),
                        row.getString("correction_reason"),
                        row.getString("requested_by")));
        return new ParkedCorrection(corrected, Reason.of(row.getString("reason")), row.getString("detail"));
    }

    private static @Nullable Replacement replacement(ResultSet row) throws SQLException {
        var quantity = row.getString("quantity");
        return quantity == null
                ? null
                : new Replacement(
                        new BigDecimal(quantity),
                        row.getTimestamp("occurred_at").toInstant());
    }
}
