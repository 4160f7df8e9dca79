package io.drawdown.reporting.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a topic has been applied.
 *
 * @param asOf everything that stood on the topic by then is in the reports; null while nothing has been applied and it is
 *     not known whether anything should have been
 * @param behind how many records wait; null while the broker does not answer
 * @param lastRecordAt when the last record that was applied had been written to the topic
 */
public record SourceAge(
        String topic,
        @Nullable Instant asOf,
        @Nullable Long behind,
        @Nullable Instant lastRecordAt) {}
