package io.drawdown.usage.wire;

import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageRejected;
import io.drawdown.usage.domain.Correction;
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

    /** Of the longest subject in UTF-8, where a char takes three bytes at most. */
    private static final int KEY_BYTES_MAX = 3 * UsageForm.ATTRIBUTE_LENGTH_MAX;

    /** The type by which a refused correction is told from a refused event. */
    public static final String CORRECTION_TYPE =
            UsageCorrection.getClassSchema().getFullName();

    private Rejections() {}

    /**
     * The record of one refusal.
     *
     * @param names what could be read of the event
     */
    public static UsageRejected of(
            Verdict.Refused refused, Names names, Position position, Original original, Instant rejectedAt) {
        var key = original.key();
        var value = original.value();
        var sent = original.sent();
        boolean isCarried = length(key) + length(value) <= ORIGINAL_BYTES_MAX;
        boolean isSentCarried = length(key) + length(value) + length(sent) <= ORIGINAL_BYTES_MAX;
        return new UsageRejected(
                refused.reason().code(),
                isCarried ? refused.detail() : refused.detail() + leftOut(position),
                attribute(names.id()),
                attribute(names.source()),
                attribute(names.type()),
                attribute(names.subject()),
                rejectedAt,
                position.partition(),
                position.offset(),
                isCarried ? wrap(key) : null,
                isCarried ? wrap(value) : null,
                isSentCarried ? wrap(sent) : null);
    }

    /**
     * Under which key a refusal stands in usage.rejected.v1.
     *
     * @return the original's; null where that is longer than an account's can be: it is nobody's, and with the copy of it in the
     *     refusal the record would be too large to be sent
     */
    public static byte @Nullable [] recordKey(byte @Nullable [] originalKey) {
        return length(originalKey) <= KEY_BYTES_MAX ? originalKey : null;
    }

    private static String leftOut(Position position) {
        return " (the original has more than " + ORIGINAL_BYTES_MAX + " bytes, too many to be copied here"
                + (position.isInTheLog() ? ": read it at its position in usage.events.v1)" : ")");
    }

    /** An attribute beyond the form's limit identifies nothing; the original has it. */
    private static @Nullable String attribute(@Nullable String text) {
        return text != null && text.length() <= UsageForm.ATTRIBUTE_LENGTH_MAX ? text : null;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    /**
     * What was refused.
     *
     * @param key as it was sent; over HTTP the subject
     * @param value as it was sent; over HTTP the record that was read from the event, or the event as it was sent if it is none
     * @param sent over HTTP, an event as it was sent; of what cannot be kept it is the first to be left out
     */
    @SuppressWarnings("ArrayRecordComponent") // It is sent on, never compared.
    public record Original(byte @Nullable [] key, byte @Nullable [] value, byte @Nullable [] sent) {}

    /** By what a refused record can be found again; whatever could not be read is null. */
    public record Names(
            @Nullable String id,
            @Nullable String source,
            @Nullable String type,
            @Nullable String subject) {

        /** Of what cannot be decoded. */
        public static final Names NONE = new Names(null, null, null, null);

        public static Names of(Usage usage) {
            return new Names(usage.id(), usage.source(), usage.type(), usage.subject());
        }

        /** Its own id, and the type that no meter has: the record's. */
        public static Names of(Correction correction) {
            return new Names(correction.id(), null, CORRECTION_TYPE, correction.accountId());
        }
    }
}
