package io.drawdown.wallet.usage;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wire.EventHeaders;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** From the wire to {@link Usage}. */
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
        if (accepted.getSourcePartition() != record.partition()) {
            throw new IllegalArgumentException(
                    "The record says it comes from partition " + accepted.getSourcePartition() + " but is on "
                            + record.partition() + "; accepted usage must keep its source's partition");
        }
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
