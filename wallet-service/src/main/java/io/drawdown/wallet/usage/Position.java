package io.drawdown.wallet.usage;

/**
 * How far a partition has been handled.
 *
 * @param sourceOffset highest position in usage.events.v1 that has been handled; -1 before the first
 * @param nextOffset the record of usage.accepted.v1 to read next
 */
record Position(long sourceOffset, long nextOffset) {

    static final Position START = new Position(-1, 0);

    /** Whether the usage from this position of usage.events.v1 has been handled, wherever it is in usage.accepted.v1. */
    boolean hasHandled(long handledSourceOffset) {
        return handledSourceOffset <= sourceOffset;
    }

    Position after(long handledSourceOffset, long offset) {
        return new Position(Math.max(sourceOffset, handledSourceOffset), Math.max(nextOffset, offset + 1));
    }
}
