package io.drawdown.wallet.relay;

import io.drawdown.wallet.store.StoredEvent;
import io.drawdown.wire.encoded.EncodedSender;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts the wire's header before stored bytes.
 *
 * <p>The header depends on the schema alone: the first event of a type and revision is encoded whole to learn it, through
 * the service's own serializer, which registers the schema as every other producer would.
 */
final class WireBytes {

    private static final int HEADER = 5;

    private final EncodedSender sender;
    private final String topic;
    private final Map<Form, byte[]> headers = new ConcurrentHashMap<>();

    WireBytes(EncodedSender sender, String topic) {
        this.sender = sender;
        this.topic = topic;
    }

    byte[] of(StoredEvent event) {
        var header = headers.computeIfAbsent(new Form(event.typeName(), event.revision()), _ -> header(event));
        var wire = Arrays.copyOf(header, HEADER + event.bytes().length);
        System.arraycopy(event.bytes(), 0, wire, HEADER, event.bytes().length);
        return wire;
    }

    private byte[] header(StoredEvent event) {
        var encoded = Objects.requireNonNull(sender.encode(topic, event.asWritten()));
        return Arrays.copyOf(encoded, HEADER);
    }

    private record Form(String typeName, String revision) {}
}
