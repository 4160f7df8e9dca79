package io.drawdown.wallet.usage;

/** A partition of usage as a reader without a table sees it: wherever reading begins, its position says what has been handled. */
public final class ReadPartition {

    private Position position = Position.START;

    /** The record to read next, if nothing is read again. */
    public int next() {
        return Math.toIntExact(position.nextOffset());
    }

    /**
     * Reads a record.
     *
     * @return whether its usage is to be drawn down, which has not been handled before then
     */
    public boolean take(long sourceOffset, long offset) {
        var isNew = offset >= position.nextOffset() && !position.hasHandled(sourceOffset);
        position = position.after(sourceOffset, offset);
        return isNew;
    }
}
