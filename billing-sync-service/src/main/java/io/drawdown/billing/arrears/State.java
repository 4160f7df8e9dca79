package io.drawdown.billing.arrears;

/** How far a meter event has come. */
enum State {
    /** Takes more usage of its hour, until it is addressed. */
    COLLECTING,
    /** Complete; its customer and meter are still to be found. */
    WAITING,
    /** Fixed; Stripe may know of it. */
    SENDING,
    /** Stripe has it. */
    SENT,
    /** Stripe refused it. */
    REFUSED,
    /** Nobody knows whether Stripe has it, and Stripe would no longer know a repeat. */
    UNCERTAIN
}
