package io.drawdown.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void takesSharesOfAllRequests() {
        var nanos = LongStream.rangeClosed(1, 200).map(i -> i * 1_000_000).toArray();
        assertThat(Pace.of(nanos, 100_000_000)).isEqualTo(new Pace(2_000, 101, 199));
    }

    @Test
    void copesWithOne() {
        assertThat(Pace.of(new long[] {2_500_000}, 5_000_000)).isEqualTo(new Pace(200, 2.5, 2.5));
    }
}
