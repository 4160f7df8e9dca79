package io.drawdown.usage.wire;

import io.drawdown.events.usage.UsageRejected;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.UsageForm;
import io.drawdown.usage.domain.Verdict;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds the record of a refusal, with the original byte for byte. */
public final class Rejections {

    /** A longer original stays where it is: with the rest of the refusal it would pass Kafka's default of 1 MiB. */
    public static final int ORIGINAL_BYTES_MAX = 1_000_000;

    private Rejections() {}

    /**
     * The record of one refusal.
     *
     * @param usage what could be read of the event; null when nothing could
     * @param key as it was sent
     * @param value as it was sent
     */
    public static UsageRejected of(
            Verdict.Refused refused,
            @Nullable Usage usage,
            Position position,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Instant rejectedAt) {
        var isCarried = length(key) + length(value) <= ORIGINAL_BYTES_MAX;
        return new UsageRejected(
                refused.reason().code(),
                isCarried ? refused.detail() : refused.detail() + leftOut(key, value),
                usage == null ? null : attribute(usage.id()),
                usage == null ? null : attribute(usage.source()),
                usage == null ? null : attribute(usage.type()),
                usage == null ? null : attribute(usage.subject()),
                rejectedAt,
                position.partition(),
                position.offset(),
                isCarried ? wrap(key) : null,
                isCarried ? wrap(value) : null);
    }

    private static String leftOut(byte @Nullable [] key, byte @Nullable [] value) {
        return " (the original has " + (length(key) + length(value)) + " bytes, too many to be copied here: read it at"
                + " its position in usage.events.v1)";
    }

    /** An attribute beyond the form's limit identifies nothing; the original has it. */
    private static @Nullable String attribute(String text) {
        return text.length() <= UsageForm.ATTRIBUTE_LENGTH_MAX ? text : null;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
