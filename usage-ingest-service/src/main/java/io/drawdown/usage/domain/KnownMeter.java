package io.drawdown.usage.domain;

/**
 * What the gate needs to know about a meter.
 *
 * @param eventName the type of the events that it counts
 * @param counting how an event's value is had
 * @param valueKey where in the event's data the value stands
 * @param active whether it takes new events
 */
public record KnownMeter(String meterId, String eventName, Counting counting, String valueKey, boolean active) {

    /** How a meter reads an event. */
    public enum Counting {
        /** Every event counts one; a value is not read. */
        ONE_EACH,
        /** The event carries the value. */
        BY_VALUE,
        /** The event carries a text, and counts one when the text is new in its month. */
        BY_TEXT,
        /** An aggregation of a later version, which this one cannot judge. */
        UNKNOWN
    }
}
