package io.drawdown.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {

    @Test
    void areDueAtEvenDistancesWhateverWasSent() {
        var arrivals = new Arrivals(1_000, 5_000);

        assertThat(arrivals.dueNanos(0)).isEqualTo(1_000);
        assertThat(arrivals.dueNanos(5_000)).isEqualTo(1_000_001_000);
        assertThat(arrivals.dueNanos(3)).isEqualTo(601_000);
    }

    @Test
    void doNotHoldUpWhatIsLate() {
        var begun = System.nanoTime();
        new Arrivals(begun - 60_000_000_000L, 1).awaitDue(1);

        assertThat(System.nanoTime() - begun).isLessThan(30_000_000_000L);
    }
}
