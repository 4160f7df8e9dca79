package io.drawdown.usage.rejected;

import io.drawdown.usage.domain.Usage;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as it is answered.
 *
 * @param rejectedId names it in a path
 * @param arrivedAt when the original was stored by the broker, or received over HTTP
 * @param sourcePartition of usage.events.v1; -1 for an event that HTTP refused before it was stored
 * @param replays how often it was sent again from here
 */
record RejectedEventView(
        String rejectedId,
        String reason,
        String detail,
        @Nullable String id,
        @Nullable String source,
        @Nullable String type,
        @Nullable String subject,
        Instant arrivedAt,
        Instant rejectedAt,
        int sourcePartition,
        long sourceOffset,
        Original original,
        int replays,
        @Nullable Instant replayedAt,
        @Nullable String replayedBy) {

    static RejectedEventView of(RejectedEvent event, @Nullable Usage decoded) {
        return new RejectedEventView(
                event.rejectedId().toString(),
                event.reason(),
                event.detail(),
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.arrivedAt(),
                event.rejectedAt(),
                event.rejectedId().position().partition(),
                event.rejectedId().position().offset(),
                new Original(base64(event.originalKey()), base64(event.asSent()), Event.of(decoded)),
                event.replays(),
                event.replayedAt(),
                event.replayedBy());
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * What was sent.
     *
     * @param keyBase64 the record key's bytes, over HTTP those of the subject; null when there was none
     * @param valueBase64 the record value's bytes, over HTTP those of the event as it was sent, or of the record that was read from
     *     it if that alone was kept; null when there was none or it was too large to be kept
     * @param event the value as an event; null when it is none
     */
    record Original(
            @Nullable String keyBase64,
            @Nullable String valueBase64,
            @Nullable Event event) {}

    /** A decoded event, with the names of CloudEvents. */
    record Event(
            String id,
            String source,
            String type,
            String subject,
            @Nullable Instant time,
            Map<String, String> data) {

        private static @Nullable Event of(@Nullable Usage usage) {
            return usage == null
                    ? null
                    : new Event(
                            usage.id(),
                            usage.source(),
                            usage.type(),
                            usage.subject(),
                            usage.occurredAt(),
                            usage.data());
        }
    }
}
