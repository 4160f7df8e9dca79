package io.drawdown.wallet.snapshot;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How values of one type are written. */
interface Form {

    /** Everything that the bytes depend on, in words. */
    String shape();

    void write(Object value, DataOutput out) throws IOException;

    Object read(DataInput in) throws IOException;
}
