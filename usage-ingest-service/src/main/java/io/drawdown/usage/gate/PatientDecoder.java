package io.drawdown.usage.gate;

import io.drawdown.usage.wire.Decoded;
import io.drawdown.usage.wire.UsageDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads records, and asks again for a short while when the registry does not know the schema of one: it may have been registered
 * just before the record was sent, with another node than the one that was asked.
 *
 * <p>The wait ends {@code grace} after the record's arrival, and a rest follows it, as with unknown names: schema ids that
 * are made up cannot keep a queue waiting. One object serves all partitions, as a thread that waits for one lets its others
 * wait as well; each thread rests for itself.
 */
final class PatientDecoder {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** After a wait there is no other for this many times its length. */
    private static final int REST_FACTOR = 3;

    private final UsageDecoder decoder;
    private final Clock clock;
    private final Duration grace;
    private final ThreadLocal<Long> patientFromNanos = ThreadLocal.withInitial(System::nanoTime);

    PatientDecoder(UsageDecoder decoder, Clock clock, Duration grace) {
        this.decoder = decoder;
        this.clock = clock;
        this.grace = grace;
    }

    /** As {@link UsageDecoder#decode}; may block for the grace when the schema is unknown. */
    Decoded decode(Arrival arrival) {
        var decoded = decoder.decode(arrival.value());
        return isUnknown(decoded) && isPatient() ? decodeAgain(arrival, decoded) : decoded;
    }

    private boolean isPatient() {
        long from = patientFromNanos.get();
        return System.nanoTime() - from >= 0;
    }

    private Decoded decodeAgain(Arrival arrival, Decoded first) {
        long begun = System.nanoTime();
        long budget = budgetNanos(arrival.storedAt());
        var decoded = first;
        while (isUnknown(decoded) && System.nanoTime() - begun < budget) {
            LockSupport.parkNanos(PAUSE.toNanos());
            decoded = decoder.decode(arrival.value());
        }
        long ended = System.nanoTime();
        patientFromNanos.set(ended + REST_FACTOR * (ended - begun));
        return decoded;
    }

    /** At most the grace, however far the broker's clock is ahead of ours. */
    private long budgetNanos(Instant storedAt) {
        var left = Duration.between(clock.instant(), storedAt.plus(grace));
        return left.compareTo(grace) > 0 ? grace.toNanos() : left.toNanos();
    }

    private static boolean isUnknown(Decoded decoded) {
        return decoded instanceof Decoded.Undecodable bad && bad.isSchemaUnknown();
    }
}
