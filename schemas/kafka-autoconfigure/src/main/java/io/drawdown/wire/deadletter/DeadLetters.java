package io.drawdown.wire.deadletter;

import io.drawdown.wire.encoded.EncodedSender;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;
import org.springframework.kafka.support.KafkaUtils;

/**
 * Puts records aside on {@code <topic>.<group>.dlt}, on the partition number they came from.
 *
 * <p>The value is what was received, byte for byte, when it could not be decoded; otherwise the record encoded again. The
 * original's headers are kept, and beside Spring's {@code kafka_dlt-*} there are {@link #REASON} and {@link #POSITION} as
 * text. The topic is made when it is first needed, with as many partitions as the original has, and keeps its records for
 * ever.
 */
public final class DeadLetters extends DeadLetterPublishingRecoverer {

    /** Why, in words. */
    public static final String REASON = "drawdown_dead_letter_reason";

    /** Where the record stood: {@code topic-partition@offset}. */
    public static final String POSITION = "drawdown_dead_letter_position";

    private static final int LONGEST_REASON = 4_000;

    private final EncodedSender sender;

    public DeadLetters(EncodedSender sender, KafkaAdmin admin) {
        super(sender.operations(), new Destination(admin)::of);
        this.sender = sender;
        setFailIfSendResultIsError(true);
        setRetainExceptionHeader(false);
        excludeHeader(HeadersToAdd.EX_STACKTRACE);
        setHeadersFunction(DeadLetters::explanation);
    }

    @Override
    protected ProducerRecord<Object, Object> createProducerRecord(
            ConsumerRecord<?, ?> record,
            TopicPartition destination,
            Headers headers,
            byte @Nullable [] undecodableKey,
            byte @Nullable [] undecodableValue) {
        var partition = destination.partition() < 0 ? null : destination.partition();
        return new ProducerRecord<>(
                destination.topic(),
                partition,
                undecodableKey != null ? undecodableKey : key(record),
                undecodableValue != null ? undecodableValue : sender.encode(record.topic(), record.value()),
                headers);
    }

    private static byte @Nullable [] key(ConsumerRecord<?, ?> record) {
        return switch (record.key()) {
            case null -> null;
            case byte[] bytes -> bytes;
            case Object key -> key.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static Headers explanation(ConsumerRecord<?, ?> record, Exception failure) {
        return new RecordHeaders()
                .add(REASON, reason(failure).getBytes(StandardCharsets.UTF_8))
                .add(
                        POSITION,
                        (record.topic() + "-" + record.partition() + "@" + record.offset())
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static String reason(Throwable failure) {
        var cause = behindSpring(failure);
        var text = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }

    /** Spring's wrappers say only that a listener failed or that a value was not decoded. */
    private static Throwable behindSpring(Throwable failure) {
        var cause = failure.getCause();
        boolean wrapper = failure.getClass().getName().startsWith("org.springframework.kafka.");
        return wrapper && cause != null ? behindSpring(cause) : failure;
    }

    private static final class Destination {
        private final KafkaAdmin admin;
        private final Set<String> ready = ConcurrentHashMap.newKeySet();

        private Destination(KafkaAdmin admin) {
            this.admin = admin;
        }

        private TopicPartition of(ConsumerRecord<?, ?> record, Exception failure) {
            var name = record.topic() + "." + KafkaUtils.getConsumerGroupId() + ".dlt";
            if (!ready.contains(name)) {
                create(name, record.topic());
                ready.add(name);
            }
            return new TopicPartition(name, record.partition());
        }

        private void create(String name, String original) {
            int partitions = Objects.requireNonNull(
                            admin.describeTopics(original).get(original), original)
                    .partitions()
                    .size();
            admin.createOrModifyTopics(new NewTopic(name, Optional.of(partitions), Optional.empty())
                    .configs(Map.of("retention.ms", "-1")));
        }
    }
}
