package io.drawdown.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyRateTest {

    private static final long MILLISECOND = 1_000_000;

    final List<Integer> counts = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final SteadyRate rate = new SteadyRate(Duration.ofSeconds(3), Duration.ofSeconds(5), () -> 0, said::add);

    @Test
    void countsWhatComesWhenNothingGetsQuicker() throws InterruptedException {
        var measured = rate.measure("it", 10, round(900, 300, 30, 31, 29, 40, 7));

        assertThat(measured).isEqualTo(new Quantiles(7, 7, 7, 50, 0));
        assertThat(counts).containsExactly(10, 10, 10, 10, 10, 10, 50);
        assertThat(said).hasSize(6).first().asString().contains("it", "p50 900.00 ms");
    }

    /** Takes so long in one round after the other. */
    private SteadyRate.Round round(int... millis) {
        return count -> {
            var delays = new Delays(count);
            for (int i = 0; i < count; i++) {
                delays.happened(i, millis[counts.size()] * MILLISECOND);
            }
            counts.add(count);
            return delays;
        };
    }
}
