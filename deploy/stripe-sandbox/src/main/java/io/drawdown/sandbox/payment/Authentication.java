package io.drawdown.sandbox.payment;

/** When a card's bank wants to hear from the customer himself (3D Secure). */
enum Authentication {
    NEVER,
    /** Whatever was agreed before. */
    ALWAYS,
    /** While the customer is there; and without him until the card has been set up for that. */
    UNLESS_SET_UP,
    /** While the customer is there; without him the card counts as set up. */
    ON_SESSION;

    boolean required(boolean offSession, boolean setUp) {
        return switch (this) {
            case NEVER -> false;
            case ALWAYS -> true;
            case UNLESS_SET_UP -> !offSession || !setUp;
            case ON_SESSION -> !offSession;
        };
    }
}
