package io.drawdown.wire.avro;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * Turns a record of one schema into a generic record of another by writing and reading it once.
 *
 * <p>For {@code use.latest.version} when code and registry are not at the same version: slower, but fields are matched by
 * name, and defaults fill what the code does not know.
 */
final class Projection {

    private final RecordEncoder from;
    private final RecordDecoder to;

    Projection(Schema from, Schema to, IndexedRecord example) {
        this.from = new RecordEncoder(0, from, example);
        this.to = new RecordDecoder(from, to, GenericData.get());
    }

    IndexedRecord apply(IndexedRecord value) throws IOException {
        var bytes = from.encode(value);
        return to.decode(bytes, WireFormat.HEADER, bytes.length - WireFormat.HEADER);
    }
}
