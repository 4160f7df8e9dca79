package io.drawdown.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesTheWaitUpToTheLongest() {
        assertThat(IntStream.of(1, 2, 3, 4, 5, 6, 100)
                        .mapToObj(Backoff.STANDARD::after)
                        .map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void forgetsEarlierDeathsAfterStableService() {
        assertThat(Backoff.STANDARD.deathsInARow(5, Duration.ofSeconds(59))).isEqualTo(6);
        assertThat(Backoff.STANDARD.deathsInARow(5, Duration.ofSeconds(60))).isEqualTo(1);
    }
}
