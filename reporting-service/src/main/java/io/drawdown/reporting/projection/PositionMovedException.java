package io.drawdown.reporting.projection;

/** A stored position is not the one that the reader knows: what it has read must not be applied. */
final class PositionMovedException extends RuntimeException {

    PositionMovedException(int partition) {
        super("The stored position of partition " + partition + " has moved, by a rebuild or by another instance;"
                + " reading begins again from there");
    }
}
