package io.drawdown.usage.intake;

import java.time.Duration;

/**
 * What a stream has read and not stored yet, against the bound that it has in common with all other requests.
 *
 * <p>A stream never waits for room: where there is none, it stores what it has, which gives back all that it holds. So
 * streams cannot wait for one another.
 */
final class GatheredBytes implements AutoCloseable {

    private final InFlight bytes;
    private final long nanosMax;
    private long begunAtNanos;
    private int held;
    private boolean isEmpty = true;

    /** @param gatherMax after which what was gathered is stored rather than that more is waited for */
    GatheredBytes(InFlight bytes, Duration gatherMax) {
        this.bytes = bytes;
        this.nanosMax = gatherMax.toNanos();
    }

    /**
     * Adds a line that was read. The one for which there is no room is its stream's own and takes no place, so that each
     * stream gets on, if by one event at a time.
     *
     * @return whether there may be more
     */
    boolean add(int lineBytes) {
        if (isEmpty) {
            isEmpty = false;
            begunAtNanos = System.nanoTime();
        }
        boolean isRoom = bytes.enterLeavingHalf(lineBytes);
        held += isRoom ? lineBytes : 0;
        return isRoom;
    }

    /** Whether something has been gathering for so long that nobody ought to wait for more. */
    boolean isDue() {
        return !isEmpty && System.nanoTime() - begunAtNanos >= nanosMax;
    }

    /** Gives all of it back, when it is stored or given up. */
    @Override
    public void close() {
        bytes.leave(held);
        held = 0;
        isEmpty = true;
    }
}
