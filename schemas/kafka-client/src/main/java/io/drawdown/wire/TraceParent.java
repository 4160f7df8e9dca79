package io.drawdown.wire;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** W3C trace context for a record that no trace has brought about. */
final class TraceParent {

    private static final HexFormat HEX = HexFormat.of();

    private TraceParent() {}

    /** Begins a trace that nobody has asked to be sampled. */
    static String begin() {
        var random = ThreadLocalRandom.current();
        // Zero ids are invalid; setting one bit rules them out.
        return "00-" + HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1) + "-"
                + HEX.toHexDigits(random.nextLong() | 1) + "-00";
    }
}
