package io.drawdown.wallet.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when a wallet asks for no top-up by itself. What the monthly cap holds back of one kind holds back none of the other, which
 * may be smaller. An instant that has passed stands in the way of nothing; all are absent where there was no reason to wait.
 *
 * @param backOff for none at all, because of a failure or the minimum gap
 * @param cap for none below the threshold, because of the monthly cap
 * @param regularCap for no regular one, because of the monthly cap
 * @param wentBack for none below the threshold until something is used or lost again: nothing has left too little but credit that
 *     went back with its money
 */
public record Waits(
        @Nullable Instant backOff,
        @Nullable Instant cap,
        @Nullable Instant regularCap,
        boolean wentBack) {

    static final Waits NONE = new Waits(null, null, null, false);

    /** Below the threshold it asks for none before this instant. */
    public @Nullable Instant threshold() {
        return later(backOff, cap);
    }

    /** It asks for no regular one before this instant. */
    public @Nullable Instant regular() {
        return later(backOff, regularCap);
    }

    Waits backedOff(@Nullable Instant until) {
        return new Waits(until, cap, regularCap, wentBack);
    }

    Waits capped(boolean regularOne, @Nullable Instant until) {
        return regularOne ? new Waits(backOff, cap, until, wentBack) : new Waits(backOff, until, regularCap, wentBack);
    }

    /** Only a back-off and a gap are waited for. */
    Waits uncapped() {
        return new Waits(backOff, null, null, false);
    }

    Waits wentBack(boolean itDid) {
        return new Waits(backOff, cap, regularCap, itDid);
    }

    /** An absent instant is earlier than any. */
    static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? other : one;
    }
}
