package io.drawdown.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelaysTest {

    private static final long MILLISECOND = 1_000_000;

    @Test
    void spreadsThem() {
        var delays = new Delays(1_000);
        for (int i = 0; i < 1_000; i++) {
            delays.happened(i, (i + 1) * MILLISECOND);
        }

        assertThat(delays.quantiles()).isEqualTo(new Quantiles(501, 991, 1_000, 1_000, 0));
    }

    @Test
    void countsWhatNeverCame() {
        var delays = new Delays(3);
        delays.happened(1, MILLISECOND);

        assertThat(delays.areComplete()).isFalse();
        assertThat(delays.quantiles()).isEqualTo(new Quantiles(1, 1, 1, 1, 2));
    }

    @Test
    void keepsTheFirstOfARepeat() {
        var delays = new Delays(1);
        delays.happened(0, MILLISECOND);
        delays.happened(0, 9 * MILLISECOND);

        assertThat(delays.areComplete()).isTrue();
        assertThat(delays.quantiles().p50()).isEqualTo(1);
    }

    @Test
    void leavesAloneWhatIsNoneOfThem() {
        var delays = new Delays(1);
        delays.happened(7, MILLISECOND);

        assertThat(delays.quantiles().counted()).isZero();
    }
}
