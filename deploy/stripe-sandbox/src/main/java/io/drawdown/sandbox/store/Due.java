package io.drawdown.sandbox.store;

/**
 * An object that has something to do by itself: one with a time under {@link #AT}, of a kind that has both keys.
 *
 * @param at seconds since the epoch
 */
public record Due(String kind, String id, long at) {

    /** The key that says when, in seconds; absent or null is never. */
    public static final String AT = "_dueAt";

    /** The key that says how often in a row it has failed at what it has to do; absent when it has not. */
    public static final String FAILURES = "_dueFailures";

    /** The key that says which test clock the object lives on; absent or null is the sandbox's own time. */
    public static final String CLOCK = "_clock";
}
