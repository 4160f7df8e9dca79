package io.drawdown.wire.avro;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** Looks like a record, and is none that was generated. */
public final class Trap extends SpecificRecordBase {

    static {
        System.setProperty("drawdown.test.trap", "sprung");
    }

    @Override
    public Schema getSchema() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object get(int field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void put(int field, Object value) {
        throw new UnsupportedOperationException();
    }
}
