package io.drawdown.chaos.fault;

import java.util.function.BooleanSupplier;

/** Whether what a fault needs was there each time somebody looked whether it had come. */
final class Attendance {

    private final BooleanSupplier isThere;
    private boolean whole = true;

    Attendance(BooleanSupplier isThere) {
        this.isThere = isThere;
    }

    /** The same condition; whoever asks for it looks for what is needed, too. */
    BooleanSupplier during(BooleanSupplier condition) {
        return () -> {
            whole &= isThere.getAsBoolean();
            return condition.getAsBoolean();
        };
    }

    /** Whether nothing was ever missing. */
    boolean isWhole() {
        return whole;
    }
}
