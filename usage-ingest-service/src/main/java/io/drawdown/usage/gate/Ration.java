package io.drawdown.usage.gate;

import io.drawdown.usage.wire.Rejections;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what one poll of a consumer brings. The broker bounds compressed batches only, of which a small one may hold gigabytes: the
 * consumer takes record by record out of it and keeps all that a poll returns.
 *
 * <p>Where a poll has had enough, the next record cannot be read. The consumer then returns what it has, stays before that record
 * and tries it again with the next poll. Of a record that has neither key nor value the consumer asks for neither: its headers
 * are not counted. Used by one thread.
 */
final class Ration {

    private static final int POLLED_BYTES = 16 * 1024 * 1024;

    /** Nothing that is longer is an event, or is copied into its refusal. What is kept shows that there was more. */
    private static final int PART_BYTES = Rejections.ORIGINAL_BYTES_MAX + 1;

    private long taken;

    /** Of the record that a part was taken of last. */
    private @Nullable Headers headers;

    /** Begins the next poll. */
    void renew() {
        taken = 0;
        headers = null;
    }

    Deserializer<byte[]> keys() {
        return new Part(this::take);
    }

    Deserializer<byte[]> values() {
        return new Part(this::take);
    }

    /** A record's headers are taken with its first part, and its second is taken whatever there is: so each poll brings one. */
    private byte @Nullable [] take(Headers of, @Nullable ByteBuffer part) {
        int length = part == null ? 0 : Math.min(part.remaining(), PART_BYTES);
        if (headers == of) {
            taken += length;
        } else {
            begin(of, length);
        }
        return part == null ? null : copy(part, length);
    }

    private void begin(Headers of, int length) {
        long bytes = length + length(of);
        if (taken > 0 && taken + bytes > POLLED_BYTES) {
            throw new SerializationException("One poll has brought enough; the rest comes with the next");
        }
        taken += bytes;
        headers = of;
    }

    private static byte[] copy(ByteBuffer part, int length) {
        var bytes = new byte[length];
        part.duplicate().get(bytes);
        return bytes;
    }

    /** Headers that nobody has read yet hold on to the whole record. */
    private static long length(Headers headers) {
        return Arrays.stream(headers.toArray())
                .mapToLong(header -> header.key().length() + (header.value() == null ? 0L : header.value().length))
                .sum();
    }

    /** Reads one part of a record. */
    private record Part(Taking taking) implements Deserializer<byte[]> {

        @Override
        public byte @Nullable [] deserialize(String topic, byte @Nullable [] bytes) {
            return bytes;
        }

        @Override
        public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer bytes) {
            return taking.take(headers, bytes);
        }

        /** The consumer logs it as that of a deserializer with an error, each time. */
        @Override
        public String toString() {
            return "no error if a poll has brought " + POLLED_BYTES + " bytes: the rest comes with the next";
        }
    }

    @FunctionalInterface
    private interface Taking {
        byte @Nullable [] take(Headers headers, @Nullable ByteBuffer bytes);
    }
}
