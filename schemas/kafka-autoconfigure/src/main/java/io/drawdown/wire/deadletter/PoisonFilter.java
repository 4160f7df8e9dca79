package io.drawdown.wire.deadletter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.support.KafkaUtils;
import org.springframework.kafka.support.serializer.SerializationUtils;

/**
 * Takes what could not be decoded out of a batch and puts it aside, so that a batch listener sees readable records only.
 *
 * <p>(A listener of single records needs no such filter: there the container hands the record to the error handler.)
 */
public final class PoisonFilter implements BatchInterceptor<Object, Object> {

    private static final LogAccessor log = new LogAccessor(PoisonFilter.class);

    private final DeadLetters deadLetters;

    public PoisonFilter(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** Null, by which the container skips the listener and goes on, when nothing readable is left. */
    @Override
    public @Nullable ConsumerRecords<Object, Object> intercept(
            ConsumerRecords<Object, Object> batch, Consumer<Object, Object> consumer) {
        return hasPoison(batch) ? withoutPoison(batch, consumer) : batch;
    }

    private static boolean hasPoison(ConsumerRecords<Object, Object> batch) {
        for (var record : batch) {
            if (isPoison(record)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPoison(ConsumerRecord<Object, Object> record) {
        return record.value() == null
                && record.headers().lastHeader(KafkaUtils.VALUE_DESERIALIZER_EXCEPTION_HEADER) != null;
    }

    private @Nullable ConsumerRecords<Object, Object> withoutPoison(
            ConsumerRecords<Object, Object> batch, Consumer<Object, Object> consumer) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> readable = new LinkedHashMap<>();
        for (var partition : batch.partitions()) {
            var records = new ArrayList<ConsumerRecord<Object, Object>>();
            for (var record : batch.records(partition)) {
                if (!isPoison(record) || !putAside(record, consumer)) {
                    records.add(record);
                }
            }
            if (!records.isEmpty()) {
                readable.put(partition, records);
            }
        }
        return readable.isEmpty() ? null : new ConsumerRecords<>(readable, batch.nextOffsets());
    }

    /** False for a header that a producer has forged: then the record is a tombstone like any other. */
    private boolean putAside(ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
        var failure =
                SerializationUtils.getExceptionFromHeader(record, KafkaUtils.VALUE_DESERIALIZER_EXCEPTION_HEADER, log);
        if (failure == null) {
            return false;
        }
        deadLetters.accept(record, consumer, failure);
        return true;
    }
}
