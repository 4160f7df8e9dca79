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
    /** Stripe refused it, or would not bill it any more. */
    REFUSED,
    /** Nobody knows whether Stripe has it, and Stripe would no longer know a repeat. */
    UNCERTAIN,
    /** Its usage was corrected before Stripe had it. */
    WITHDRAWN,
    /** Its usage was corrected; Stripe has it and is to cancel it. */
    CANCELLING,
    /** Stripe has cancelled it. */
    CANCELLED,
    /** Stripe has it, and another meter event takes it back. */
    TAKEN_BACK,
    /** Its usage was corrected, and Stripe cannot be told: somebody must settle the difference. */
    IRREVOCABLE,
    /** Somebody has settled by hand what Stripe could not be told. */
    SETTLED;

    /** What this state is for a meter event whose usage was corrected meanwhile. */
    State onceWithdrawn() {
        return switch (this) {
            case COLLECTING, WAITING, REFUSED, WITHDRAWN -> WITHDRAWN;
            case SENT, CANCELLING -> CANCELLING;
            case SETTLED -> IRREVOCABLE;
            case SENDING, UNCERTAIN, CANCELLED, TAKEN_BACK, IRREVOCABLE -> this;
        };
    }
}
