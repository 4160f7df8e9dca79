package io.drawdown.wallet.store;

import io.drawdown.wallet.domain.WalletEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Wallet events to Avro binary and back. Safe for use by several threads; writers, readers and buffers are used again,
 * because making them costs more than a record does.
 */
final class WalletEventCodec {

    private final ReleasedSchemas released = new ReleasedSchemas();
    private final Map<Schema, Queue<SpecificDatumReader<Object>>> readers = new ConcurrentHashMap<>();
    private final Queue<Workspace> workspaces = new ConcurrentLinkedQueue<>();

    byte[] encode(StoredEventType type, WalletEvent event) {
        var polled = workspaces.poll();
        var workspace = polled == null ? new Workspace() : polled;
        var bytes = workspace.write(type, PublicRecords.of(event));
        workspaces.add(workspace);
        return bytes;
    }

    /** @throws IllegalStateException if this version does not know the type or the revision */
    WalletEvent decode(StoredEventType type, String revision, byte[] bytes) {
        var writer = released.of(type.typeName(), revision);
        var pool = readers.computeIfAbsent(writer, schema -> new ConcurrentLinkedQueue<>());
        var polled = pool.poll();
        var reader = polled == null ? reader(type, writer) : polled;
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            var event = RecordedEvents.of(reader.read(null, decoder));
            pool.add(reader);
            return event;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A stored " + type.typeName() + " revision " + revision + " is not what its schema says", e);
        }
    }

    private static SpecificDatumReader<Object> reader(StoredEventType type, Schema writer) {
        return new SpecificDatumReader<>(writer, type.schema(), SpecificData.getForSchema(type.schema()));
    }

    /** One thread's writers and buffer. */
    private static final class Workspace {

        private final Map<StoredEventType, SpecificDatumWriter<SpecificRecord>> writers =
                new EnumMap<>(StoredEventType.class);
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(buffer, null);

        byte[] write(StoredEventType type, SpecificRecord value) {
            try {
                buffer.reset();
                writers.computeIfAbsent(type, Workspace::writer).write(value, encoder);
                encoder.flush();
                return buffer.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException("Memory refused a record of type " + type.typeName(), e);
            }
        }

        private static SpecificDatumWriter<SpecificRecord> writer(StoredEventType type) {
            return new SpecificDatumWriter<>(type.schema(), SpecificData.getForSchema(type.schema()));
        }
    }
}
