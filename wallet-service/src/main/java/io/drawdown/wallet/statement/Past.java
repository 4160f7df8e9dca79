package io.drawdown.wallet.statement;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.store.ClockAgreement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Which instants are past, and which of these nothing can change any more. */
@Component
final class Past {

    /** A transaction ends within a minute of the instant that its events bear, and clocks agree to a minute. */
    private static final Duration CLOSED_AFTER = Duration.ofMinutes(2);

    /** With room below it for what is reckoned from it. */
    private static final Instant FIRST = Instant.MIN.plusSeconds(1);

    private final Clock clock;
    private final ClockAgreement clocks;

    Past(Clock clock, ClockAgreement clocks) {
        this.clock = clock;
        this.clocks = clocks;
    }

    /**
     * The instant to the millisecond, as events have it, however long ago: before any wallet was opened too.
     *
     * @throws ProblemException 422 {@code instant-in-future} if it is still to come
     */
    Instant require(Instant instant) {
        var now = clock.instant();
        if (instant.isAfter(now)) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "instant-in-future",
                    instant + " is still to come, it is " + now + "; ask for an instant that has passed");
        }
        return instant.isBefore(FIRST) ? FIRST : instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Whether nothing can be recorded at or before {@code instant} any more, as far as this process can tell. To be asked before what was
     * recorded is read: what comes between would be missing.
     */
    boolean isClosed(Instant instant) {
        var now = clock.instant();
        return instant.isBefore(now.minus(CLOSED_AFTER)) && clocks.holds();
    }
}
