package io.drawdown.usage.rejected;

import io.drawdown.usage.domain.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One refusal, as it is kept; the fields are those of table {@code rejected_event}. */
@SuppressWarnings("ArrayRecordComponent") // Rows are read and written, never compared.
record RejectedEvent(
        RejectedId rejectedId,
        long sequence,
        String reason,
        String detail,
        @Nullable String id,
        @Nullable String source,
        @Nullable String type,
        @Nullable String subject,
        Instant arrivedAt,
        Instant rejectedAt,
        byte @Nullable [] originalKey,
        byte @Nullable [] originalValue,
        byte @Nullable [] sent,
        int replays,
        @Nullable Instant replayedAt,
        @Nullable String replayedBy) {

    /** What somebody sent, or the record that was read from it if only that was kept: to be looked at, never to be decoded. */
    byte @Nullable [] asSent() {
        return sent == null ? originalValue : sent;
    }

    /** Whether its original is what somebody sent over HTTP and is no event, whatever its bytes could be taken for. */
    boolean isNoRecord() {
        return !rejectedId.position().isInTheLog() && reason.equals(Reason.MALFORMED.code());
    }
}
