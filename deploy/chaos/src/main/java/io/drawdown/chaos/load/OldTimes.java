package io.drawdown.chaos.load;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/** When usage may have occurred that comes late: within three weeks, or where the month begins for one account after the other. */
final class OldTimes {

    private static final Duration OLDEST = Duration.ofDays(20);
    private static final Duration LONGEST_OFFSET = Duration.ofHours(16);
    private static final int ONE_IN_IS_OF_THE_TURN = 3;

    private OldTimes() {}

    /** Any of them, in whole milliseconds. */
    static Instant any(SplittableRandom random) {
        var now = Instant.now().truncatedTo(MILLIS);
        return random.nextInt(ONE_IN_IS_OF_THE_TURN) == 0 ? atTheTurn(now, random) : now.minus(any(OLDEST, random));
    }

    private static Instant atTheTurn(Instant now, SplittableRandom random) {
        var turn =
                now.atOffset(ZoneOffset.UTC).truncatedTo(DAYS).withDayOfMonth(1).toInstant();
        var time = turn.minus(LONGEST_OFFSET).plus(any(LONGEST_OFFSET.multipliedBy(2), random));
        return time.isBefore(now) ? time : now;
    }

    private static Duration any(Duration below, SplittableRandom random) {
        return Duration.ofMillis(random.nextLong(below.toMillis()));
    }
}
