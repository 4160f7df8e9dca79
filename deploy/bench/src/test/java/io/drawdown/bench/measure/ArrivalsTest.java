package io.drawdown.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @Test
    void areDueAtEvenDistancesWhateverWasSent() {
        var arrivals = new Arrivals(1_000, 5_000);

        assertThat(arrivals.dueNanos(0)).isEqualTo(1_000);
        assertThat(arrivals.dueNanos(5_000)).isEqualTo(1_000_001_000);
        assertThat(arrivals.dueNanos(3)).isEqualTo(601_000);
    }

    @Test
    void comeTogetherWhenTheLastOfAMillisecondIsDue() {
        var arrivals = Arrivals.at(5_000);
        arrivals.awaitDueTogether(0);

        assertThat(System.nanoTime()).isGreaterThanOrEqualTo(arrivals.dueNanos(4));
        var inAnHour = new Arrivals(System.nanoTime() + 3_600_000_000_000L, 5_000);
        assertThat(CompletableFuture.runAsync(() -> inAnHour.awaitDueTogether(1)))
                .succeedsWithin(TEN_SECONDS);
    }

    @Test
    void doNotHoldUpWhatIsLate() {
        var begun = System.nanoTime();
        new Arrivals(begun - 60_000_000_000L, 1).awaitDue(1);

        assertThat(System.nanoTime() - begun).isLessThan(30_000_000_000L);
    }
}
