package io.drawdown.usage.totals;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchListenerFailedException;

/**
 * Adds accepted usage to its totals and corrects them.
 *
 * <p>It reads small batches, whose records are forgotten at once, and stores many of them together: the database sees each
 * total once. It stores when it has read the log to its end, or when much has come together.
 */
final class AcceptedUsageListener {

    static final String ID = "usage-totals";

    /** So many are decoded at a time: they die young. */
    static final int POLLED_AT_ONCE = 2_000;

    /** Bounds what a crash makes us read again, and the memory when each event has an account of its own. */
    private static final int STORED_AT_ONCE = 50_000;

    private final UnstoredTotals unstored;
    private final UnstoredRecords records;

    AcceptedUsageListener(UnstoredTotals unstored, UnstoredRecords records) {
        this.unstored = unstored;
        this.records = records;
    }

    @KafkaListener(
            id = ID,
            groupId = "${spring.application.name}.totals",
            topics = Topic.Name.USAGE_ACCEPTED,
            containerFactory = "totalsListenerFactory")
    void on(List<ConsumerRecord<String, SpecificRecord>> polled, Consumer<?, ?> consumer) {
        records.add(polled);
        polled.forEach(this::add);
        if (polled.size() < POLLED_AT_ONCE || unstored.events() >= STORED_AT_ONCE) {
            store(consumer);
        }
    }

    private void add(ConsumerRecord<String, SpecificRecord> record) {
        switch (record.value()) {
            case UsageAccepted usage -> unstored.add(record.partition(), usage);
            case UsageCorrected corrected -> unstored.add(record.partition(), corrected);
            case null, default -> {
                // What stands before it is stored before it is named: the container takes it for done.
                unstored.store();
                records.clear();
                throw new BatchListenerFailedException("Totals do not know this record's type", record);
            }
        }
    }

    /** The last records may have filled a batch to the brim. */
    @EventListener
    public void onIdle(ListenerContainerIdleEvent event) {
        if (event.getListenerId().startsWith(ID) && unstored.events() > 0) {
            store(event.getConsumer());
        }
    }

    private void store(Consumer<?, ?> consumer) {
        unstored.store();
        records.clear();
        consumer.commitAsync();
    }
}
