package io.drawdown.usage.domain;

import java.time.Instant;
import java.util.Map;

/** What becomes of an event. */
public sealed interface Verdict {

    /**
     * The event counts.
     *
     * @param account whom it is charged to
     * @param meter what counts it
     * @param value how much, a plain decimal numeral without exponent, not negative; the text itself where the meter counts
     *     unique texts
     * @param occurredAt the producer's time, or the arrival where there was none
     * @param dimensions the event's data without the value
     */
    record Accepted(
            KnownAccount account, KnownMeter meter, String value, Instant occurredAt, Map<String, String> dimensions)
            implements Verdict {}

    /**
     * The event does not count, and its producer is told why.
     *
     * @param detail what was found and what would be right; holds at most excerpts of the event
     */
    record Refused(Reason reason, String detail) implements Verdict {}

    /** Of an event that was passed over by an earlier run, and would be accepted now. */
    static Refused refusedBefore() {
        return new Refused(
                Reason.REFUSED_BEFORE,
                "the event was refused when it first came, and the cause has gone while the gate restarted: replay it");
    }
}
