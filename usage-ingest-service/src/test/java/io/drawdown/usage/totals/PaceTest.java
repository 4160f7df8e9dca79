package io.drawdown.usage.totals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    long nanos = Long.MAX_VALUE - 10;

    final Pace pace = new Pace(4, Duration.ofNanos(1_000), () -> nanos);

    @Test
    void isDueAtTheBeginning() {
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void isDueAgainWhenFourTimesAsLongHasPassedAsTheWorkTook() {
        pace.keep(() -> nanos += 100);

        nanos += 399;
        assertThat(pace.isDue()).isFalse();
        nanos += 1;
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void isDueAfterTheLongestPauseHoweverLongTheWorkTook() {
        pace.keep(() -> nanos += 1_000_000);

        nanos += 1_000;
        assertThat(pace.isDue()).isTrue();
    }
}
