package io.drawdown.usage.correction;

import io.drawdown.usage.domain.Correction.Replacement;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks that usage be voided or replaced.
 *
 * @param account the account's id or one of its external keys
 * @param source of the event
 * @param id of the event
 * @param replacement what should have been reported; absent to void the usage, which is final
 * @param reason why, for the audit
 */
record CorrectionRequest(
        @NotBlank String account,
        @NotBlank String source,
        @NotBlank String id,
        @Valid @Nullable NewUsage replacement,
        @NotBlank String reason) {

    /**
     * What should have been reported.
     *
     * @param value how much, a decimal numeral; its digits are kept
     * @param time when; absent: as the event said
     * @param dimensions all of them, without those that are null, as in an event; absent: those of the event
     */
    record NewUsage(
            @NotBlank String value,
            @Nullable Instant time,
            @Nullable Map<String, @Nullable String> dimensions) {

        /** @throws ArithmeticException when the time is beyond what milliseconds can tell */
        Replacement toReplacement() {
            var occurredAt = time == null ? null : Instant.ofEpochMilli(time.toEpochMilli());
            return new Replacement(value, occurredAt, dimensions == null ? null : present(dimensions));
        }

        private static Map<String, String> present(Map<String, @Nullable String> members) {
            var present = new HashMap<String, String>();
            members.forEach((name, member) -> {
                if (member != null) {
                    present.put(name, member);
                }
            });
            return present;
        }
    }
}
