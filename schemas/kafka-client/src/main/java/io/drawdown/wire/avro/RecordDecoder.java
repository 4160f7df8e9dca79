package io.drawdown.wire.avro;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/** Reads records that were written with one schema, as another schema has them. */
final class RecordDecoder {

    private final Schema writer;
    private final Schema reader;
    private final GenericData data;
    private final ReusePool<Workspace> workspaces = new ReusePool<>(this::newWorkspace);

    RecordDecoder(Schema writer, Schema reader, GenericData data) {
        this.writer = writer;
        this.reader = reader;
        this.data = data;
    }

    IndexedRecord decode(byte[] bytes, int offset, int length) throws IOException {
        var workspace = workspaces.take();
        workspace.decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, workspace.decoder);
        var value = workspace.reader.read(null, workspace.decoder);
        if (!workspace.decoder.isEnd()) {
            throw new IOException("bytes are left over after the record");
        }
        workspaces.giveBack(workspace);
        return value;
    }

    String writerName() {
        return writer.getFullName();
    }

    private Workspace newWorkspace() {
        return new Workspace(
                data instanceof SpecificData specific
                        ? new SpecificDatumReader<>(writer, reader, specific)
                        : new GenericDatumReader<>(writer, reader, data));
    }

    private static final class Workspace {
        private final DatumReader<IndexedRecord> reader;
        private @Nullable BinaryDecoder decoder;

        private Workspace(DatumReader<IndexedRecord> reader) {
            this.reader = reader;
        }
    }
}
