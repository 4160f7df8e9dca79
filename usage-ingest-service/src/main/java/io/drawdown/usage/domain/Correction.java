package io.drawdown.usage.domain;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What billing asks of usage that was accepted: to void it, or to count something else in its place.
 *
 * @param id identity of the correction within the account
 * @param accountId whose usage it is; an external key does not do
 * @param usageSource the source of the event
 * @param usageId the id of the event
 * @param replacement what should have been reported; null to void the usage
 * @param reason why, in words
 * @param requestedBy who asks
 */
public record Correction(
        String id,
        String accountId,
        String usageSource,
        String usageId,
        @Nullable Replacement replacement,
        String reason,
        String requestedBy) {

    /**
     * What should have been reported.
     *
     * @param value as it was sent, perhaps no numeral at all
     * @param occurredAt null: as the event said
     * @param dimensions all of them; null: those of the event
     */
    public record Replacement(
            String value,
            @Nullable Instant occurredAt,
            @Nullable Map<String, String> dimensions) {}
}
