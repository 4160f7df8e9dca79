package io.drawdown.usage.domain;

/** What the log says about an event at a position of it: what was claimed, and how far was sent on. */
public enum Claim {
    /** Nobody accepted this event yet. */
    FREE,
    /** Nobody accepted this event, though later ones were sent on: it was refused when it came first, and stays so. */
    REFUSED_BEFORE,
    /** This very position was accepted and sent on. */
    SENT,
    /** Another position was accepted under the same identity: this one is a repeat. */
    TAKEN;

    /** What stands for "no position". */
    public static final long NONE = -1;

    /**
     * Decides by positions alone, so that it is the same on every replay.
     *
     * <p>A claim by a <em>later</em> position also makes this one a repeat: it happens when this position was refused
     * at first, a mended copy was accepted after it, and the log is then read again from before both.
     *
     * @param claimedBy the offset that was accepted, or {@link #NONE}
     * @param offset the offset of the event at hand, in the same partition
     * @param lastSent the highest offset of the partition that an earlier run has sent on, or {@link #NONE}; whoever reads
     *     downstream has gone past everything up to it
     */
    public static Claim of(long claimedBy, long offset, long lastSent) {
        boolean isPassed = offset <= lastSent;
        if (claimedBy == NONE) {
            return isPassed ? REFUSED_BEFORE : FREE;
        }
        return claimedBy == offset ? SENT : TAKEN;
    }
}
