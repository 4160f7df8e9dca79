package io.drawdown.usage.wire;

import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.events.usage.UsageReplacement;
import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.Correction.Replacement;
import io.drawdown.usage.domain.Measure;
import org.jspecify.annotations.Nullable;

/** Maps corrections, and what they are about, to and from their records. */
public final class CorrectionRecords {

    private CorrectionRecords() {}

    public static Correction correction(UsageCorrection record) {
        return new Correction(
                record.getId(),
                record.getAccountId(),
                record.getUsageSource(),
                record.getUsageId(),
                replacement(record.getReplacement()),
                record.getReason(),
                record.getRequestedBy());
    }

    private static @Nullable Replacement replacement(@Nullable UsageReplacement record) {
        return record == null
                ? null
                : new Replacement(record.getValue(), record.getOccurredAt(), record.getDimensions());
    }

    public static UsageCorrection correction(Correction correction) {
        return new UsageCorrection(
                correction.id(),
                correction.accountId(),
                correction.usageId(),
                correction.usageSource(),
                replacement(correction.replacement()),
                correction.reason(),
                correction.requestedBy());
    }

    private static @Nullable UsageReplacement replacement(@Nullable Replacement replacement) {
        return replacement == null
                ? null
                : new UsageReplacement(replacement.value(), replacement.occurredAt(), replacement.dimensions());
    }

    public static Measure measure(UsageMeasure record) {
        return new Measure(record.getValue(), record.getOccurredAt(), record.getDimensions());
    }

    public static @Nullable UsageMeasure measure(@Nullable Measure measure) {
        return measure == null ? null : new UsageMeasure(measure.value(), measure.occurredAt(), measure.dimensions());
    }
}
