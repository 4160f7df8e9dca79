package io.drawdown.wire.avro;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;

/** Writes records of one schema under one id. */
final class RecordEncoder {

    private final int id;
    private final Schema schema;
    private final GenericData data;
    private final ReusePool<Workspace> workspaces = new ReusePool<>(this::newWorkspace);

    /**
     * @param example a record of the schema: generated classes bring their own conversions of logical types
     */
    RecordEncoder(int id, Schema schema, IndexedRecord example) {
        this.id = id;
        this.schema = schema;
        this.data = dataOf(example);
    }

    byte[] encode(IndexedRecord value) throws IOException {
        var workspace = workspaces.take();
        workspace.writer.write(value, workspace.encoder);
        workspace.encoder.flush();
        var bytes = workspace.buffer.take(id);
        workspaces.giveBack(workspace); // Not after a failure: the encoder would still hold half a record.
        return bytes;
    }

    static GenericData dataOf(IndexedRecord value) {
        return value instanceof SpecificRecordBase generated ? generated.getSpecificData() : GenericData.get();
    }

    static SerializationException failed(String topic, Schema schema, Exception cause) {
        return new SerializationException(
                "A record of type " + schema.getFullName() + " for " + topic + " does not fit its schema: "
                        + cause.getMessage() + ". Set every field that has no default",
                cause);
    }

    private Workspace newWorkspace() {
        DatumWriter<IndexedRecord> writer = data instanceof SpecificData specific
                ? new SpecificDatumWriter<>(schema, specific)
                : new GenericDatumWriter<>(schema, data);
        var buffer = new RecordBuffer();
        return new Workspace(writer, buffer, EncoderFactory.get().binaryEncoder(buffer, null));
    }

    private record Workspace(DatumWriter<IndexedRecord> writer, RecordBuffer buffer, BinaryEncoder encoder) {}
}
