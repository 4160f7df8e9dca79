package io.drawdown.wallet.usage;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.usage.CorrectedUsage.Replacement;
import io.drawdown.wire.EventHeaders;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** From the wire to {@link Usage} and {@link CorrectedUsage}. */
final class UsageReader {

    private static final int LONGEST_NUMERAL = 64;
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;

    private UsageReader() {}

    /** @throws IllegalArgumentException if the record can never be drawn down, whatever is retried */
    static Usage read(ConsumerRecord<String, SpecificRecord> record) {
        if (!(record.value() instanceof UsageAccepted accepted)) {
            throw new IllegalArgumentException("The record is no accepted usage but " + kindOf(record.value())
                    + ", which this version does not draw down; replay it when one that does is deployed");
        }
        requireOwnPartition(record, accepted.getSourcePartition());
        return new Usage(
                accepted.getSourcePartition(),
                accepted.getSourceOffset(),
                new AccountId(accepted.getAccountId()),
                accepted.getMeterId(),
                accepted.getSource(),
                accepted.getId(),
                quantity(accepted.getValue()),
                accepted.getOccurredAt(),
                traceId(record));
    }

    /** @throws IllegalArgumentException if the correction can never be followed, whatever is retried */
    static CorrectedUsage read(ConsumerRecord<String, SpecificRecord> record, UsageCorrected corrected) {
        requireOwnPartition(record, corrected.getSourcePartition());
        return new CorrectedUsage(
                corrected.getSourcePartition(),
                corrected.getSourceOffset(),
                corrected.getUsagePosition(),
                new AccountId(corrected.getAccountId()),
                corrected.getMeterId(),
                corrected.getUsageSource(),
                corrected.getUsageId(),
                replacement(corrected.getAfter()),
                new Correction(corrected.getId(), corrected.getReason(), corrected.getRequestedBy()));
    }

    private static @Nullable Replacement replacement(@Nullable UsageMeasure after) {
        return after == null ? null : new Replacement(quantity(after.getValue()), after.getOccurredAt());
    }

    private static void requireOwnPartition(ConsumerRecord<?, ?> record, int sourcePartition) {
        if (sourcePartition != record.partition()) {
            throw new IllegalArgumentException("The record says it comes from partition " + sourcePartition
                    + " but is on " + record.partition() + "; accepted usage must keep its source's partition");
        }
    }

    private static String kindOf(@Nullable SpecificRecord value) {
        return value == null ? "empty" : value.getSchema().getFullName();
    }

    /** A short plain numeral: an exponent could name a number that fills the memory. */
    private static BigDecimal quantity(String numeral) {
        if (numeral.length() > LONGEST_NUMERAL || numeral.indexOf('e') >= 0 || numeral.indexOf('E') >= 0) {
            throw new IllegalArgumentException(
                    "The value is no plain numeral of at most " + LONGEST_NUMERAL + " digits");
        }
        var quantity = new BigDecimal(numeral);
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException(
                    "The value " + numeral + " is negative; corrections are entries of their own, not negative usage");
        }
        return quantity;
    }

    private static @Nullable String traceId(ConsumerRecord<?, ?> record) {
        var traceparent = EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT);
        return traceparent == null || !TRACEPARENT.matcher(traceparent).matches()
                ? null
                : traceparent.substring(TRACE_ID_START, TRACE_ID_END);
    }
}
