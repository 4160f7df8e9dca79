package io.drawdown.usage.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that takes places for what was read of it until it is closed: so of a slow sender, only what came counts. */
final class HeldBody extends FilterInputStream {

    private final InFlight bytes;
    private int held;

    HeldBody(InputStream body, InFlight bytes) {
        super(body);
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws IntakeUnavailable when there is no place for what was read */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            bytes.enter(read);
            held += read;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        bytes.leave(held);
        held = 0;
        super.close();
    }
}
