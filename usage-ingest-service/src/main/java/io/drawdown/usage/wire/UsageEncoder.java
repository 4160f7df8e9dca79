package io.drawdown.usage.wire;

import static java.util.Objects.requireNonNullElse;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.events.usage.UsageRejected;
import io.drawdown.events.usage.UsageTotal;
import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.wire.Rejections.Names;
import io.drawdown.wire.EventHeaders;
import io.drawdown.wire.avro.AvroSerializer;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Writes the records that do not come from the gate: events sent over HTTP, and those refused there. */
public final class UsageEncoder {

    private static final String SERVICE = "/usage-ingest-service";

    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();

    /** @param config the registry's settings, under Confluent's keys */
    public UsageEncoder(Map<String, ?> config) {
        serializer.configure(config, false);
    }

    /** Makes the types of usage.events.v1 known to the registry, or asks it for them where registering is off. */
    void introduceContract() {
        serializer.introduce(Topic.Name.USAGE_EVENTS, new UsageEvent());
        serializer.introduce(Topic.Name.USAGE_EVENTS, new UsageCorrection());
    }

    public byte[] event(Usage usage) {
        return encoded(Topic.Name.USAGE_EVENTS, UsageRecords.event(usage));
    }

    public byte[] correction(Correction correction) {
        return encoded(Topic.Name.USAGE_EVENTS, CorrectionRecords.correction(correction));
    }

    /** The headers of a correction. */
    public Headers correctionHeaders(Correction correction, @Nullable String traceparent, Instant now) {
        var headers = new RecordHeaders();
        var type = UsageCorrection.getClassSchema().getFullName();
        new EventHeaders(correction.id(), type, SERVICE, now, traceparent).writeTo(headers);
        return headers;
    }

    public byte[] rejected(UsageRejected rejected) {
        return encoded(Topic.Name.USAGE_REJECTED, rejected);
    }

    public byte[] total(UsageTotal total) {
        return encoded(Topic.Name.USAGE_TOTALS, total);
    }

    /** The headers of a total. */
    public Headers totalHeaders(String key, UsageTotal total) {
        var headers = new RecordHeaders();
        var type = UsageTotal.getClassSchema().getFullName();
        new EventHeaders(key + "@" + total.getVersion(), type, SERVICE, total.getUpdatedAt(), null).writeTo(headers);
        return headers;
    }

    /**
     * The headers of an event, whose own id and source they repeat.
     *
     * @param traceparent W3C trace context; null when there is none
     * @param now stands for the time that an event lacks
     */
    public Headers eventHeaders(Usage usage, @Nullable String traceparent, Instant now) {
        var type = UsageEvent.getClassSchema().getFullName();
        var headers = new RecordHeaders();
        new EventHeaders(usage.id(), type, usage.source(), requireNonNullElse(usage.occurredAt(), now), traceparent)
                .writeTo(headers);
        return headers;
    }

    /**
     * The headers of the refusal of an event, which may lack an id and a source: its position and this service stand for
     * them.
     */
    public Headers rejectedHeaders(Names names, Position position, @Nullable String traceparent, Instant time) {
        var headers = new RecordHeaders();
        var id = requireNonNullElse(names.id(), position.partition() + "@" + position.offset());
        var type = UsageRejected.getClassSchema().getFullName();
        new EventHeaders(id, type, requireNonNullElse(names.source(), SERVICE), time, traceparent).writeTo(headers);
        return headers;
    }

    private byte[] encoded(String topic, SpecificRecord value) {
        var bytes = serializer.serialize(topic, value);
        if (bytes == null) {
            throw new IllegalStateException("The serializer gave nothing for a record of " + topic);
        }
        return bytes;
    }
}
