package io.drawdown.wallet.snapshot;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** The form of an enum: the place of the constant. */
record Choice(List<?> constants) implements Form {

    @Override
    public String shape() {
        return "one of " + constants;
    }

    @Override
    public void write(Object value, DataOutput out) throws IOException {
        out.writeInt(constants.indexOf(value));
    }

    @Override
    public Object read(DataInput in) throws IOException {
        return constants.get(in.readInt());
    }
}
