package io.drawdown.wallet.relay;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the relay of this instance is.
 *
 * @param here whether this instance relays; another one does, or will, when it does not
 * @param behind how many events, at most, waited to be sent when it looked last; 0 when not here
 * @param oldest when the oldest event was recorded that the broker has yet to take; null when there is none
 * @param failure what went wrong last, until a batch succeeds; null when nothing did
 */
record RelayStatus(
        boolean here,
        long behind,
        @Nullable Instant oldest,
        @Nullable String failure) {

    static final RelayStatus ELSEWHERE = new RelayStatus(false, 0, null, null);

    static RelayStatus sent(long behind) {
        return new RelayStatus(true, behind, null, null);
    }

    /** The broker may take a while. */
    RelayStatus sending(long waiting, StoredRow first) {
        return new RelayStatus(true, waiting, first.at(), failure);
    }

    RelayStatus failed(Throwable reason) {
        var cause = reason.getCause() == null ? reason : reason.getCause();
        return new RelayStatus(true, behind, oldest, reason.getMessage() + " (" + cause + ")");
    }

    /** How long the oldest event has waited for the broker; zero when none does. */
    Duration ageAt(Instant now) {
        return oldest == null || now.isBefore(oldest) ? Duration.ZERO : Duration.between(oldest, now);
    }
}
