package io.drawdown.usage.domain;

/** What a claim on (source, id) says about an event at a position of the log. */
public enum Claim {
    /** Nobody accepted this (source, id) yet. */
    FREE,
    /** This very position was accepted: it comes again after a crash, and is sent on again. */
    OWN,
    /** Another position was accepted under the same (source, id): this one is a repeat. */
    TAKEN;

    /** What stands for "no position". */
    public static final long NONE = -1;

    /**
     * Decides by position alone, so that it is the same on every replay.
     *
     * <p>A claim by a <em>later</em> position also makes this one a repeat: it happens when this position was refused
     * at first, a mended copy was accepted after it, and the log is then read again from before both.
     *
     * @param claimedBy the offset that was accepted, or {@link #NONE}
     * @param offset the offset of the event at hand, in the same partition
     */
    public static Claim of(long claimedBy, long offset) {
        if (claimedBy == NONE) {
            return FREE;
        }
        return claimedBy == offset ? OWN : TAKEN;
    }
}
