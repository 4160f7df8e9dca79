package io.drawdown.usage.gate;

import io.drawdown.usage.wire.Position;
import io.drawdown.wire.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of what the gate sends: the producer's id, source, time and trace where they were given, and the type of
 * the new record. What the producer left out is made from the position, so that a replay has the same.
 */
final class CarriedHeaders {

    private static final List<String> CARRIED =
            List.of(EventHeaders.ID, EventHeaders.SOURCE, EventHeaders.TIME, EventHeaders.TRACEPARENT);
    /** A longer header is nobody's identity, and many such would make the record too large to be sent. */
    private static final int VALUE_BYTES_MAX = 1_024;

    private static final byte[] SPEC_VERSION = utf8("1.0");
    private static final byte[] SOURCE = utf8("/usage-ingest-service");

    private CarriedHeaders() {}

    static Headers of(Headers original, byte[] type, Position position, Instant storedAt) {
        var headers = new RecordHeaders();
        headers.add(EventHeaders.TYPE, type);
        headers.add(EventHeaders.SPEC_VERSION, SPEC_VERSION);
        for (var name : CARRIED) {
            var header = original.lastHeader(name);
            if (header != null && header.value() != null && header.value().length <= VALUE_BYTES_MAX) {
                headers.add(name, header.value());
            }
        }
        complete(headers, position, storedAt);
        return headers;
    }

    private static void complete(Headers headers, Position position, Instant storedAt) {
        if (headers.lastHeader(EventHeaders.ID) == null) {
            headers.add(EventHeaders.ID, utf8(position.partition() + "-" + position.offset()));
        }
        if (headers.lastHeader(EventHeaders.SOURCE) == null) {
            headers.add(EventHeaders.SOURCE, SOURCE);
        }
        if (headers.lastHeader(EventHeaders.TIME) == null) {
            headers.add(EventHeaders.TIME, utf8(storedAt.toString()));
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
