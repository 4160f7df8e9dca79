package io.drawdown.local.supervisor;

/** Ends the work of a start that {@code stop} has overtaken; not a failure. */
public final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1;

    Stopped() {
        super("Stopped while starting.");
    }
}
