package io.drawdown.usage.wire;

/**
 * Where an event stands, or stood when it was refused: the identity of what was decided about it.
 *
 * @param partition of usage.events.v1; {@link #NOT_IN_THE_LOG} for an event that was refused before it was stored
 * @param offset in that partition; for an event that was refused before it was stored, a fingerprint of it
 */
public record Position(int partition, long offset) {

    public static final int NOT_IN_THE_LOG = -1;

    public boolean isInTheLog() {
        return partition != NOT_IN_THE_LOG;
    }
}
