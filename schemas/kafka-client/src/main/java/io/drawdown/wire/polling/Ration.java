package io.drawdown.wire.polling;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what one poll of a consumer brings. The broker bounds compressed batches only, of which a small one may hold gigabytes: the
 * consumer takes record by record out of it and keeps all that a poll returns.
 *
 * <p>Where a poll has had enough, the next record cannot be read. The consumer then returns what it has, stays before that record
 * and tries it again with the next poll. The first record of a poll is read however large it is, or its partition would stand still;
 * and whose key was read, is read: a poll brings up to sixteen mebibytes and a record.
 *
 * <p>What it does not bound: the consumer takes a record out of its batch before it asks for anything, so that one record
 * larger than the free heap ends whoever reads it. And of a record that has neither key nor value it asks for neither: its headers
 * are not counted. Used by one thread.
 */
public final class Ration {

    private static final int POLLED_BYTES = 16 * 1024 * 1024;

    private final int partBytesMax;
    private long taken;

    /** Of the record that a part was taken of last. */
    private @Nullable Headers headers;

    /** For a consumer that needs records whole. */
    public Ration() {
        this(Integer.MAX_VALUE);
    }

    /** @param partBytesMax what a key or a value has beyond so many bytes is cut off, and does not count */
    public Ration(int partBytesMax) {
        this.partBytesMax = partBytesMax;
    }

    /** Begins the next poll. */
    public void renew() {
        taken = 0;
        headers = null;
    }

    /** Reads keys, or values, as another deserializer does, as long as there is something left. The consumer must have both from here. */
    public <T> Deserializer<T> of(Deserializer<T> deserializer) {
        return new Part<>(deserializer, this::take);
    }

    /** A record's headers are taken with its first part, and its second is taken whatever there is: so each poll brings one. */
    private @Nullable ByteBuffer take(Headers of, @Nullable ByteBuffer part) {
        int length = part == null ? 0 : Math.min(part.remaining(), partBytesMax);
        if (headers == of) {
            taken += length;
        } else {
            begin(of, length);
        }
        return part == null ? null : part.slice(part.position(), length);
    }

    private void begin(Headers of, int length) {
        long bytes = length + length(of);
        if (taken > 0 && taken + bytes > POLLED_BYTES) {
            throw new SerializationException("One poll has brought enough; the rest comes with the next");
        }
        taken += bytes;
        headers = of;
    }

    /** Headers that nobody has read yet hold on to the whole record. */
    private static long length(Headers headers) {
        return Arrays.stream(headers.toArray())
                .mapToLong(header -> header.key().length() + (header.value() == null ? 0L : header.value().length))
                .sum();
    }

    /** Reads one part of a record. */
    private record Part<T>(Deserializer<T> deserializer, Taking taking) implements Deserializer<T> {

        @Override
        public void configure(Map<String, ?> config, boolean isKey) {
            deserializer.configure(config, isKey);
        }

        @Override
        public T deserialize(String topic, byte @Nullable [] bytes) {
            return deserializer.deserialize(topic, bytes);
        }

        @Override
        public T deserialize(String topic, Headers headers, @Nullable ByteBuffer bytes) {
            return deserializer.deserialize(topic, headers, taking.take(headers, bytes));
        }

        @Override
        public void close() {
            deserializer.close();
        }

        /** The consumer logs it as that of a deserializer with an error, each time. */
        @Override
        public String toString() {
            return "no error if a poll has brought " + POLLED_BYTES + " bytes: the rest comes with the next";
        }
    }

    @FunctionalInterface
    private interface Taking {
        @Nullable
        ByteBuffer take(Headers headers, @Nullable ByteBuffer bytes);
    }
}
