package io.drawdown.usage.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunsTest {

    private final TreeMap<Long, byte[]> stored = new TreeMap<>();

    @Test
    void aRunHoldsUpToWhereALaterOneBegan() {
        var first = begun(0);
        long before = first.current();
        var second = begun(10);

        assertThat(second.hold(before, 9)).isTrue();
        assertThat(second.hold(before, 10)).isFalse();
        assertThat(second.hold(second.current(), 10)).isTrue();
    }

    /** Somebody has set the position back. */
    @Test
    void theLowestOfAllLaterBeginningsCounts() {
        long before = begun(0).current();
        long back = begun(5).current();
        var last = begun(20);

        assertThat(last.hold(before, 4)).isTrue();
        assertThat(last.hold(before, 5)).isFalse();
        assertThat(last.hold(back, 19)).isTrue();
    }

    @Test
    void whatWasNotedBeforeRunsWereToldApartHoldsUpToTheFirst() {
        var runs = begun(10);

        assertThat(runs.hold(Runs.BEFORE_ALL, 9)).isTrue();
        assertThat(runs.hold(Runs.BEFORE_ALL, 10)).isFalse();
    }

    /** It has committed nothing, and compaction has taken what it said of itself. */
    @Test
    void aRunThatIsNotKnownHoldsNowhere() {
        long gone = begun(0).current();
        stored.clear();

        assertThat(begun(10).hold(gone, 5)).isFalse();
    }

    /** What is left is still in its order. */
    @Test
    void aRunWhoseOwnRecordIsGoneLeavesTheOthersInTheirOrder() {
        long first = begun(0).current();
        begun(10);
        begun(20);
        stored.remove(1L);

        var last = begun(30);

        assertThat(stored).containsOnlyKeys(0L, 2L, 3L);
        assertThat(last.hold(first, 19)).isTrue();
        assertThat(last.hold(first, 20)).isFalse();
    }

    private Runs begun(long first) {
        var runs = new Runs(StoreOnMap.of(stored, (_, _) -> {}));
        runs.begin(first);
        return runs;
    }
}
