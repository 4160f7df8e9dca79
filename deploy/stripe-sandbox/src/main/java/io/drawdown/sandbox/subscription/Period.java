package io.drawdown.sandbox.subscription;

/**
 * A span of time that is billed at once.
 *
 * @param start seconds, inclusive
 * @param end exclusive, after the start
 */
record Period(long start, long end) {

    long seconds() {
        return end - start;
    }

    /** What is left of it at an instant; the whole when that is before it. */
    Period from(long instant) {
        return new Period(Math.clamp(instant, start, end), end);
    }
}
