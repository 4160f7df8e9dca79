package io.drawdown.usage.correction;

import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.Correction.Replacement;
import io.drawdown.usage.domain.Measure;
import io.drawdown.usage.wire.CorrectionRecords;
import io.drawdown.usage.wire.Rejections;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Adds to and reads tables {@code usage_correction} and {@code usage_corrected}, the audit trail of corrections. */
public final class CorrectionTable {

    /** Usage may call itself anything, but names a source that is kept unless it is too long; and corrections are refused in the log only. */
    private static final String REFUSED = "event_type = :type and event_source is null and source_partition >= 0";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    CorrectionTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Records what was corrected; a repeat changes nothing. */
    public void add(UsageCorrected corrected) {
        var voided = corrected.getVoided();
        jdbc.sql("""
                insert into usage_corrected (source_partition, source_offset, correction_id, account_id, meter_id, usage_source,
                       usage_id, before, after, text, reason, requested_by, accepted_at)
                values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?)
                on conflict do nothing
                """)
                .param(corrected.getSourcePartition())
                .param(corrected.getSourceOffset())
                .param(corrected.getId())
                .param(corrected.getAccountId())
                .param(corrected.getMeterId())
                .param(voided == null ? corrected.getUsageSource() : voided.getUsageSource())
                .param(voided == null ? corrected.getUsageId() : voided.getUsageId())
                .param(text(CorrectionRecords.measure(corrected.getBefore())))
                .param(corrected.getAfter() == null ? null : text(CorrectionRecords.measure(corrected.getAfter())))
                .param(voided == null ? null : voided.getText())
                .param(corrected.getReason())
                .param(corrected.getRequestedBy())
                .param(Timestamp.from(corrected.getAcceptedAt()))
                .update();
    }

    void add(Correction correction, Instant requestedAt) {
        jdbc.sql("""
                insert into usage_correction (correction_id, account_id, usage_source, usage_id, replacement, reason,
                       requested_by, requested_at)
                values (?, ?, ?, ?, ?::jsonb, ?, ?, ?)
                """)
                .param(correction.id())
                .param(correction.accountId())
                .param(correction.usageSource())
                .param(correction.usageId())
                .param(correction.replacement() == null ? null : text(correction.replacement()))
                .param(correction.reason())
                .param(correction.requestedBy())
                .param(Timestamp.from(requestedAt))
                .update();
    }

    /** The accounts of which there is a correction with an id: over Kafka anybody chooses his own. */
    List<String> accountIds(String correctionId) {
        return jdbc.sql("""
                        select account_id from usage_correction where correction_id = :id
                         union select account_id from usage_corrected where correction_id = :id
                         union select subject from rejected_event
                                where event_id = :id and subject is not null and %s
                        """.formatted(REFUSED))
                .param("id", correctionId)
                .param("type", Rejections.CORRECTION_TYPE)
                .query((row, _) -> row.getString("account_id"))
                .list();
    }

    /** @param accountId null for any */
    Optional<Requested> requested(String correctionId, @Nullable String accountId) {
        return jdbc.sql("select * from usage_correction where correction_id = :id"
                        + " and (:account::text is null or account_id = :account)")
                .param("id", correctionId)
                .param("account", accountId)
                .query((row, _) -> new Requested(
                        row.getString("account_id"),
                        row.getString("usage_source"),
                        row.getString("usage_id"),
                        read(row.getString("replacement"), Replacement.class),
                        row.getString("reason"),
                        row.getString("requested_by"),
                        instant(row, "requested_at")))
                .optional();
    }

    /** @param accountId null for any */
    Optional<Applied> applied(String correctionId, @Nullable String accountId) {
        return jdbc.sql("""
                        select * from usage_corrected
                         where correction_id = :id and (:account::text is null or account_id = :account)
                         order by accepted_at limit 1
                        """)
                .param("id", correctionId)
                .param("account", accountId)
                .query((row, _) -> new Applied(
                        row.getString("account_id"),
                        row.getString("usage_source"),
                        row.getString("usage_id"),
                        row.getString("reason"),
                        row.getString("requested_by"),
                        outcome(row)))
                .optional();
    }

    private CorrectionView.Outcome outcome(ResultSet row) throws SQLException {
        return new CorrectionView.Outcome(
                row.getString("meter_id"),
                json.readValue(row.getString("before"), Measure.class),
                read(row.getString("after"), Measure.class),
                row.getString("text"),
                instant(row, "accepted_at"),
                row.getInt("source_partition"),
                row.getLong("source_offset"));
    }

    /**
     * The newest refusal, as long as refusals are kept.
     *
     * @param accountId null for any
     */
    Optional<CorrectionView.Refusal> refusal(String correctionId, @Nullable String accountId) {
        return jdbc.sql("""
                        select reason, detail, rejected_at, source_partition, source_offset from rejected_event
                         where event_id = :id and (:account::text is null or subject = :account) and %s
                         order by sequence desc limit 1
                        """.formatted(REFUSED))
                .param("id", correctionId)
                .param("type", Rejections.CORRECTION_TYPE)
                .param("account", accountId)
                .query((row, _) -> new CorrectionView.Refusal(
                        row.getString("reason"),
                        row.getString("detail"),
                        instant(row, "rejected_at"),
                        row.getInt("source_partition") + "-" + row.getLong("source_offset")))
                .optional();
    }

    private String text(@Nullable Object value) {
        return json.writeValueAsString(value);
    }

    private <T> @Nullable T read(@Nullable String text, Class<T> type) {
        return text == null ? null : json.readValue(text, type);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** What was asked for over HTTP. */
    record Requested(
            String accountId,
            String usageSource,
            String usageId,
            @Nullable Replacement replacement,
            String reason,
            String requestedBy,
            Instant requestedAt) {}

    /** What was corrected. */
    record Applied(
            String accountId,
            String usageSource,
            String usageId,
            String reason,
            String requestedBy,
            CorrectionView.Outcome outcome) {}
}
