package io.drawdown.wire;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Gives every record that is sent its {@link EventHeaders}; what the caller has set stays.
 *
 * <p>Put it under {@code interceptor.classes}. Reads {@code drawdown.event.source} (the service's name; without it the
 * {@code client.id}) and, for tests, {@code drawdown.event.clock}. Tombstones have no type, and get trace context only.
 */
public final class EventHeadersInterceptor implements ProducerInterceptor<Object, Object> {

    public static final String SOURCE_CONFIG = "drawdown.event.source";
    public static final String CLOCK_CONFIG = "drawdown.event.clock";

    private String source = "unknown";
    private Clock clock = Clock.systemUTC();

    @Override
    public void configure(Map<String, ?> config) {
        var named = config.get(SOURCE_CONFIG) == null ? config.get("client.id") : config.get(SOURCE_CONFIG);
        if (named != null && !named.toString().isBlank()) {
            source = named.toString();
        }
        if (config.get(CLOCK_CONFIG) instanceof Clock given) {
            clock = given;
        }
    }

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> outgoing) {
        var headers = outgoing.headers();
        if (headers.lastHeader(EventHeaders.TRACEPARENT) == null) {
            headers.add(EventHeaders.TRACEPARENT, TraceParent.begin().getBytes(StandardCharsets.UTF_8));
        }
        if (outgoing.value() instanceof GenericContainer value) {
            var type = value.getSchema().getFullName();
            new EventHeaders(UUID.randomUUID().toString(), type, source, clock.instant(), null).writeTo(headers);
        }
        return outgoing;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception failure) {}

    @Override
    public void close() {}
}
