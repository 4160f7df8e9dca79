package io.drawdown.reporting.source;

import io.drawdown.events.Topic;
import io.drawdown.reporting.amount.Columns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Compares what has been applied with where the topics end; asks the broker for that once a second at most. */
@Service
public class Sources {

    /** What the reports are made from. */
    static final List<Topic> TOPICS =
            List.of(Topic.WALLET_EVENTS, Topic.BILLING_INVOICES, Topic.BILLING_PAYMENTS, Topic.CRM_ACCOUNTS);

    private static final Duration KEPT = Duration.ofSeconds(1);

    private final TopicEnds ends;
    private final JdbcClient jdbc;
    private final Clock clock;

    private volatile @Nullable Ends last;

    Sources(TopicEnds ends, JdbcClient jdbc, Clock clock) {
        this.ends = ends;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** How old the projections are now, to the second. */
    public Freshness freshness() {
        return Freshness.of(sources(), countIncomplete(), clock.instant());
    }

    /** The positions are read each time, after the ends: what comes in between counts as applied, never as missing. */
    private List<SourceAge> sources() {
        var known = ends();
        var applied = applied();
        return TOPICS.stream()
                .map(topic -> age(topic, known.at(), known.offsets(), applied))
                .toList();
    }

    private Ends ends() {
        var kept = last;
        if (kept != null && kept.at().plus(KEPT).isAfter(clock.instant())) {
            return kept;
        }
        var at = clock.instant();
        var fresh = new Ends(at, ends.of(TOPICS));
        last = fresh;
        return fresh;
    }

    private static SourceAge age(
            Topic topic,
            Instant at,
            @Nullable Map<TopicPartition, Long> topicEnds,
            Map<TopicPartition, Applied> applied) {
        var lastRecordAt = applied.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic.topicName()))
                .map(entry -> entry.getValue().recordAt())
                .max(Instant::compareTo)
                .orElse(null);
        if (topicEnds == null) {
            return new SourceAge(topic.topicName(), lastRecordAt, null, lastRecordAt);
        }
        var behind = behind(topic, topicEnds, applied);
        return new SourceAge(topic.topicName(), behind == 0 ? at : lastRecordAt, behind, lastRecordAt);
    }

    private static long behind(Topic topic, Map<TopicPartition, Long> topicEnds, Map<TopicPartition, Applied> applied) {
        return topicEnds.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(topic.topicName()))
                .mapToLong(end -> {
                    var reached = applied.get(end.getKey());
                    return Math.max(0, end.getValue() - (reached == null ? 0 : reached.nextOffset()));
                })
                .sum();
    }

    private Map<TopicPartition, Applied> applied() {
        var applied = new HashMap<TopicPartition, Applied>();
        jdbc.sql("select topic, partition, next_offset, record_at from position")
                .query(row -> {
                    applied.put(
                            new TopicPartition(row.getString("topic"), row.getInt("partition")),
                            new Applied(row.getLong("next_offset"), Columns.instant(row, "record_at")));
                });
        return applied;
    }

    private long countIncomplete() {
        return jdbc.sql("select count(*) from wallet where seen > sequence")
                .query(Long.class)
                .single();
    }

    /** @param offsets null when the broker did not answer */
    private record Ends(Instant at, @Nullable Map<TopicPartition, Long> offsets) {}

    private record Applied(long nextOffset, Instant recordAt) {}
}
