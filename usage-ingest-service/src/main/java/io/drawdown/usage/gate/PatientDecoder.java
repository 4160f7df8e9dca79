package io.drawdown.usage.gate;

import io.drawdown.usage.directory.Patience;
import io.drawdown.usage.wire.Decoded;
import io.drawdown.usage.wire.UsageDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads records, and asks again for a short while when the registry does not know the schema of one: it may have been registered
 * just before the record was sent, with another node than the one that was asked.
 *
 * <p>The wait ends {@code grace} after the record's arrival, and a rest follows it, as with unknown names: schema ids that
 * are made up cannot keep a queue waiting.
 */
final class PatientDecoder {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** After a wait there is no other for this many times its length. */
    private static final int REST_FACTOR = 3;

    private final UsageDecoder decoder;
    private final Patience patience;

    PatientDecoder(UsageDecoder decoder, Clock clock, Duration grace) {
        this.decoder = decoder;
        this.patience = new Patience(clock, grace, REST_FACTOR);
    }

    /** As {@link UsageDecoder#decode}; may block for the grace when the schema is unknown. */
    Decoded decode(Arrival arrival) {
        var decoded = decoder.decode(arrival.value());
        if (!isUnknown(decoded)) {
            return decoded;
        }
        long budget = patience.nanosFor(arrival.storedAt());
        return budget <= 0 ? decoded : decodeAgain(arrival, decoded, budget);
    }

    private Decoded decodeAgain(Arrival arrival, Decoded first, long budget) {
        long begun = System.nanoTime();
        var decoded = first;
        while (isUnknown(decoded) && System.nanoTime() - begun < budget) {
            LockSupport.parkNanos(PAUSE.toNanos());
            decoded = decoder.decode(arrival.value());
        }
        patience.restAfter(begun);
        return decoded;
    }

    private static boolean isUnknown(Decoded decoded) {
        return decoded instanceof Decoded.Undecodable bad && bad.isSchemaUnknown();
    }
}
