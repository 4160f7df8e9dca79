package io.drawdown.usage.totals;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.usage.wire.RecordAge;
import io.drawdown.wire.deadletter.DeadLetters;
import io.drawdown.wire.deadletter.Portions;
import java.util.Collection;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConsumerSeekAware;

/**
 * Adds accepted usage to its totals and corrects them.
 *
 * <p>It reads small batches, whose records are forgotten at once, and stores many of them together: the database sees each
 * total once. It stores when a poll has brought fewer records than it may and it has not just stored, or when much has come
 * together: the busier the database, the more usage goes into one change of a total.
 */
final class AcceptedUsageListener implements ConsumerSeekAware {

    static final String ID = "usage-totals";

    /** So many are decoded at a time: they die young. */
    static final int POLLED_AT_ONCE = 2_000;

    /** Bounds the memory. */
    private static final int TOTALS_AT_ONCE = 50_000;

    /** Bounds it where dimensions are long; the statement that stores them has each several times, in several encodings. */
    static final int CHARACTERS_AT_ONCE = 4_000_000;

    /** Bounds what a crash makes us read again. */
    private static final int EVENTS_AT_ONCE = 500_000;

    private final UnstoredTotals unstored;
    private final UnstoredRecords records;
    private final Portions portions;
    private final DeadLetters deadLetters;
    private final Pace pace;
    private final RecordAge age;

    AcceptedUsageListener(
            UnstoredTotals unstored,
            UnstoredRecords records,
            Portions portions,
            DeadLetters deadLetters,
            Pace pace,
            RecordAge age) {
        this.unstored = unstored;
        this.records = records;
        this.portions = portions;
        this.deadLetters = deadLetters;
        this.pace = pace;
        this.age = age;
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> revoked) {
        if (revoked != null) {
            portions.forget(revoked);
        }
    }

    @KafkaListener(
            id = ID,
            groupId = "${spring.application.name}.totals",
            topics = Topic.Name.USAGE_ACCEPTED,
            properties = Topic.READ_AS_IT_COMES,
            containerFactory = "totalsListenerFactory")
    void on(List<ConsumerRecord<String, SpecificRecord>> polled, Consumer<?, ?> consumer) {
        boolean mayBeEnd = polled.size() < POLLED_AT_ONCE;
        portions.handle(polled, portion -> take(portion, mayBeEnd, consumer));
        if (records.areStored()) {
            consumer.commitAsync();
        }
    }

    /**
     * Where something failed, each portion is stored by itself: one that fails then is at fault, and nothing before it.
     *
     * @param mayBeEnd of the log; a poll that is short because its records are long has more behind it, and storing too often is what
     *     the pace prevents
     */
    private void take(List<ConsumerRecord<String, SpecificRecord>> portion, boolean mayBeEnd, Consumer<?, ?> consumer) {
        records.add(portion);
        portion.forEach(record -> add(record, consumer));
        if ((mayBeEnd && pace.isDue()) || portions.areReduced() || isMuch()) {
            store();
        }
    }

    private boolean isMuch() {
        return unstored.size() >= TOTALS_AT_ONCE
                || unstored.characters() >= CHARACTERS_AT_ONCE
                || unstored.events() >= EVENTS_AT_ONCE;
    }

    private void add(ConsumerRecord<String, SpecificRecord> record, Consumer<?, ?> consumer) {
        switch (record.value()) {
            case UsageAccepted usage -> unstored.add(record.partition(), usage);
            case UsageCorrected corrected -> unstored.add(record.partition(), corrected);
            case null, default ->
                deadLetters.accept(
                        record, consumer, new IllegalArgumentException("Totals do not know this record's type"));
        }
    }

    /** The last records may have filled a batch to the brim, or come in a rest; a correction among them is stored, and not committed. */
    @EventListener
    public void onIdle(ListenerContainerIdleEvent event) {
        boolean isAnyLeft = unstored.events() > 0 || !records.areStored();
        if (event.getListenerId().startsWith(ID) && isAnyLeft) {
            store();
            event.getConsumer().commitAsync();
        }
    }

    private void store() {
        pace.keep(unstored::store);
        if (!records.areStored()) {
            age.seen(records.oldestMillis());
            records.clear();
        }
    }
}
