package io.drawdown.wire.deadletter;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** Says what could not be handled, why and what follows. */
final class UnhandledException extends RuntimeException {

    private UnhandledException(String message, RuntimeException cause) {
        super(message, cause);
    }

    /** @param took how long it was tried */
    static UnhandledException of(List<? extends ConsumerRecord<?, ?>> together, Duration took, RuntimeException cause) {
        var begins = new LinkedHashMap<String, Long>();
        together.forEach(record -> begins.putIfAbsent(record.topic() + "-" + record.partition(), record.offset()));
        return new UnhandledException(
                "%d records (from offsets %s) could not be handled at once, in %s, and follow in smaller portions: %s"
                        .formatted(together.size(), begins, took, reason(cause)),
                cause);
    }

    static UnhandledException of(ConsumerRecord<?, ?> alone, RuntimeException cause) {
        return new UnhandledException(
                ("%s of %s at %s-%d@%d cannot be handled, not even alone. What is behind it on its partition waits until it"
                                + " goes through; other partitions go on. If it stays so, mend the cause: %s")
                        .formatted(
                                name(alone.value()),
                                alone.key(),
                                alone.topic(),
                                alone.partition(),
                                alone.offset(),
                                reason(cause)),
                cause);
    }

    private static String name(@Nullable Object value) {
        return value instanceof SpecificRecord record ? record.getSchema().getName() + id(record) : "What is no record";
    }

    private static String id(SpecificRecord record) {
        var field = record.getSchema().getField("id");
        return field == null ? "" : " " + record.get(field.pos());
    }

    static Optional<UnhandledException> in(Throwable failure) {
        return Transience.chain(failure)
                .filter(UnhandledException.class::isInstance)
                .map(UnhandledException.class::cast)
                .findFirst();
    }

    /** What the database said, if it did; else what is at the bottom. */
    static String reason(Throwable failure) {
        return Transience.chain(failure)
                .filter(SQLException.class::isInstance)
                .reduce((_, deeper) -> deeper)
                .orElseGet(() -> NestedExceptionUtils.getMostSpecificCause(failure))
                .toString();
    }
}
