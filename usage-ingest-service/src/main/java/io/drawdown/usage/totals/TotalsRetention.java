package io.drawdown.usage.totals;

import io.drawdown.usage.directory.AcceptanceProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToIntBiFunction;
import org.springframework.scheduling.annotation.Scheduled;

/** Drops the values that no correction can change any more, and the texts of which nobody asks any more. */
final class TotalsRetention {

    private static final int ROWS_AT_ONCE = 5_000;
    /** A window whose last usage may still be corrected begins up to a day before it. */
    private static final Duration MARGIN = Duration.ofDays(2);

    private final UsageValues values;
    private final UsageTexts texts;
    private final Duration valuesKept;
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
        this.valuesKept = acceptance.late().plus(MARGIN);
        this.textsKept = properties.textsRetention();
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void dropExpired() {
        drop(values::dropBefore, clock.instant().minus(valuesKept));
        drop(texts::dropBefore, clock.instant().minus(textsKept));
    }

    private static void drop(ToIntBiFunction<Instant, Integer> some, Instant before) {
        int dropped;
        do {
            dropped = some.applyAsInt(before, ROWS_AT_ONCE);
        } while (dropped == ROWS_AT_ONCE);
    }
}
