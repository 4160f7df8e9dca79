package io.drawdown.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record: CloudEvents 1.0 in its Kafka binding's binary mode, and W3C trace context.
 *
 * @param id {@code ce_id}: identity of the event; the same when it is sent again
 * @param type {@code ce_type}: the record's full name, such as {@code io.drawdown.events.usage.UsageEvent}
 * @param source {@code ce_source}: the service that says so
 * @param time {@code ce_time}: when it was said
 * @param traceparent {@code traceparent}: the W3C trace it belongs to; null when there is none
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">CloudEvents,
 *     Kafka protocol binding</a>
 */
public record EventHeaders(
        String id,
        String type,
        String source,
        Instant time,
        @Nullable String traceparent) {

    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    public static final String TIME = "ce_time";
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String TRACEPARENT = "traceparent";

    private static final byte[] VERSION = "1.0".getBytes(StandardCharsets.UTF_8);

    /** Reads a record's headers; null when an attribute is missing or no time can be read, as in a foreign record. */
    public static @Nullable EventHeaders readFrom(Headers headers) {
        var id = text(headers, ID);
        var type = text(headers, TYPE);
        var source = text(headers, SOURCE);
        var time = time(text(headers, TIME));
        if (id == null || type == null || source == null || time == null) {
            return null;
        }
        return new EventHeaders(id, type, source, time, text(headers, TRACEPARENT));
    }

    /** Adds what is not there yet; never replaces. */
    public void writeTo(Headers headers) {
        addMissing(headers, ID, id);
        addMissing(headers, TYPE, type);
        addMissing(headers, SOURCE, source);
        addMissing(headers, TIME, time.toString());
        if (headers.lastHeader(SPEC_VERSION) == null) {
            headers.add(SPEC_VERSION, VERSION);
        }
        if (traceparent != null) {
            addMissing(headers, TRACEPARENT, traceparent);
        }
    }

    /** The last header of a name as text; null when there is none. */
    public static @Nullable String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void addMissing(Headers headers, String name, String value) {
        if (headers.lastHeader(name) == null) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
