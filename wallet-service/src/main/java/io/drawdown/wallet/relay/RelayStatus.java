package io.drawdown.wallet.relay;

import org.jspecify.annotations.Nullable;

/**
 * How the relay of this instance is.
 *
 * @param here whether this instance relays; another one does, or will, when it does not
 * @param behind how many events, at most, wait to be sent; 0 when not here
 * @param failure what went wrong last, until a batch succeeds; null when nothing did
 */
record RelayStatus(boolean here, long behind, @Nullable String failure) {

    static final RelayStatus ELSEWHERE = new RelayStatus(false, 0, null);

    static RelayStatus here(long behind) {
        return new RelayStatus(true, behind, null);
    }

    static RelayStatus failed(Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return new RelayStatus(true, 0, failure.getMessage() + " (" + cause + ")");
    }
}
