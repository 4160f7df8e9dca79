package io.drawdown.wallet.usage;

import io.drawdown.wallet.usage.ParkedUsage.Reason;

/** A correction cannot be followed for now; the message says why and what would help. */
final class NotYetCorrectable extends RuntimeException {

    private final Reason reason;

    NotYetCorrectable(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
