package io.drawdown.usage.rejected;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageRejected;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.wire.Position;
import io.drawdown.usage.wire.RecordAge;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * Copies usage.rejected.v1 into table {@code rejected_event}, a batch at a time.
 *
 * <p>A record that is delivered again changes nothing. An event that HTTP refuses again, in the same words, is the same row: it is
 * parked again if it was not any more. The group is not the service's name, which is the gate's own.
 */
final class RejectedUsageListener {

    /** Each may have an original of a megabyte, which is in memory several times while it is stored. */
    private static final String POLLED_AT_ONCE = "max.poll.records=50";

    private static final String INSERT = """
            insert into rejected_event (source_partition, source_offset, reason, detail, event_id, event_source, event_type,
                   subject, arrived_at, rejected_at, original_key, original_value, sent, parked)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (source_partition, source_offset) do update
            set parked = true, reason = excluded.reason, detail = excluded.detail, rejected_at = excluded.rejected_at
            where excluded.source_partition = %d and excluded.parked and excluded.rejected_at > rejected_event.rejected_at
            """.formatted(Position.NOT_IN_THE_LOG);

    private static final Set<String> PARKED = Set.of(Reason.UNKNOWN_ACCOUNT.code(), Reason.REFUSED_BEFORE.code());

    private final JdbcTemplate jdbc;
    private final RecordAge age;

    RejectedUsageListener(JdbcTemplate jdbc, RecordAge age) {
        this.jdbc = jdbc;
        this.age = age;
    }

    @KafkaListener(
            id = "rejected-usage",
            groupId = "${spring.application.name}.rejected",
            topics = Topic.Name.USAGE_REJECTED,
            properties = POLLED_AT_ONCE,
            batch = "true")
    void on(List<ConsumerRecord<String, UsageRejected>> batch) {
        jdbc.batchUpdate(
                INSERT, batch.stream().map(RejectedUsageListener::columns).toList());
        batch.stream().mapToLong(ConsumerRecord::timestamp).min().ifPresent(age::seen);
    }

    private static @Nullable Object[] columns(ConsumerRecord<String, UsageRejected> record) {
        var refusal = record.value();
        return new @Nullable Object[] {
            refusal.getSourcePartition(),
            refusal.getSourceOffset(),
            refusal.getReason(),
            storable(refusal.getDetail()),
            storable(refusal.getId()),
            storable(refusal.getSource()),
            storable(refusal.getType()),
            storable(refusal.getSubject()),
            Timestamp.from(Instant.ofEpochMilli(record.timestamp())),
            Timestamp.from(refusal.getRejectedAt()),
            bytes(refusal.getOriginalKey()),
            bytes(refusal.getOriginalValue()),
            bytes(refusal.getSent()),
            isParked(refusal)
        };
    }

    /** What only waits for its account, or was passed over by a crash, needs nobody to look at it. */
    private static boolean isParked(UsageRejected refusal) {
        return PARKED.contains(refusal.getReason())
                && refusal.getSubject() != null
                && refusal.getOriginalValue() != null;
    }

    /** PostgreSQL's text cannot hold U+0000, and what was refused may well contain it. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
