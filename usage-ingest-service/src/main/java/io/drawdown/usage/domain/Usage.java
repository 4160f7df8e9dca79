package io.drawdown.usage.domain;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One fact about consumption, as a producer reports it.
 *
 * @param id identity within the source
 * @param source who reports
 * @param type the event name of the meter that counts it
 * @param subject the account's id or one of its external keys
 * @param occurredAt by the producer's clock; null when it gave no time
 * @param data the value under the meter's value key, and dimensions
 */
public record Usage(
        String id,
        String source,
        String type,
        String subject,
        @Nullable Instant occurredAt,
        Map<String, String> data) {

    /** The same, of the account that the subject named. */
    public Usage of(String accountId) {
        return new Usage(id, source, type, accountId, occurredAt, data);
    }
}
