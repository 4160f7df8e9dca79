package io.drawdown.usage.totals;

import io.drawdown.usage.directory.AcceptanceProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToIntBiFunction;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Drops the values that no correction can change any more, and the texts of which nobody asks any more.
 *
 * <p>A correction may wait to be counted for as long as usage.accepted.v1 keeps it, when all is counted anew or totals are behind, and
 * what it withdraws has to be here then. So the time of a partition's values runs by how far that partition was counted; by the
 * clock they go only when no such correction can be in the topic any more.
 */
final class TotalsRetention {

    private static final int ROWS_AT_ONCE = 5_000;
    /** A window whose last usage may still be corrected begins up to a day before it. */
    private static final Duration MARGIN = Duration.ofDays(2);

    /** How long usage.accepted.v1 is kept; where {@code late} is raised, it is kept for longer by no more than that. */
    private static final Duration ACCEPTED_KEPT = Duration.ofDays(40);

    private final UsageValues values;
    private final UsageTexts texts;
    private final Duration valuesKept;
    private final Duration behindMost;
    private final Duration textsKept;
    private final Clock clock;

    TotalsRetention(
            UsageValues values,
            UsageTexts texts,
            AcceptanceProperties acceptance,
            TotalsProperties properties,
            Clock clock) {
        this.values = values;
        this.texts = texts;
        this.valuesKept = acceptance.late().plus(acceptance.early()).plus(MARGIN);
        this.behindMost = acceptance.late().plus(ACCEPTED_KEPT);
        this.textsKept = properties.textsRetention();
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void dropExpired() {
        var now = clock.instant();
        values.reached()
                .forEach((partition, reached) -> drop(
                        (before, rows) -> values.dropBefore(partition, before, rows),
                        later(earlier(reached, now), now.minus(behindMost)).minus(valuesKept)));
        drop(texts::dropBefore, now.minus(textsKept));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static void drop(ToIntBiFunction<Instant, Integer> some, Instant before) {
        int dropped;
        do {
            dropped = some.applyAsInt(before, ROWS_AT_ONCE);
        } while (dropped == ROWS_AT_ONCE);
    }
}
