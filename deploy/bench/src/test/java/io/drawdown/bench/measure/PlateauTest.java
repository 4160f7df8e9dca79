package io.drawdown.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlateauTest {

    double compiling;
    final Plateau plateau = new Plateau(() -> compiling);

    @Test
    void isReachedWhenThreeWindowsAreHardlyFasterThanTheBestBefore() {
        assertThat(IntStream.of(100, 200, 300, 310, 50, 300).mapToObj(plateau::isReached))
                .containsExactly(false, false, false, false, false, true);
    }

    @Test
    void isNotReachedByASlowWindowAmongOthersThatGetFaster() {
        assertThat(IntStream.of(100, 50, 60, 200, 90, 80).mapToObj(plateau::isReached))
                .containsOnly(false);
    }

    @Test
    void isNotReachedWhileTheCompilersAreBusy() {
        compiling = 0.2;
        assertThat(IntStream.of(100, 100, 100, 100, 100, 100).mapToObj(plateau::isReached))
                .containsOnly(false);

        compiling = 0.02;
        assertThat(plateau.isReached(100)).isTrue();
    }

    @Test
    void endsAfterVeryManyWindowsOfWhatNeverStopsToGrow() {
        assertThat(IntStream.range(0, 36).mapToObj(window -> plateau.isReached(100L << window)))
                .startsWith(false)
                .endsWith(false, true);
    }
}
