package io.drawdown.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlateauTest {

    final Plateau plateau = new Plateau();

    @Test
    void isReachedWhenAWindowIsHardlyFasterThanTheBestBefore() {
        assertThat(IntStream.of(100, 200, 300, 310).mapToObj(plateau::isReached))
                .containsExactly(false, false, false, true);
    }

    @Test
    void isReachedWhenItGetsSlower() {
        assertThat(IntStream.of(100, 50).mapToObj(plateau::isReached)).containsExactly(false, true);
    }

    @Test
    void endsAfterEighteenWindowsOfWhatNeverStopsToGrow() {
        assertThat(IntStream.range(0, 18).mapToObj(window -> plateau.isReached(100L << window)))
                .startsWith(false)
                .endsWith(false, true);
    }
}
