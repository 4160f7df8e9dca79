package io.drawdown.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {

    private static final int MANY = 100;

    @ParameterizedTest
    @EnumSource(Lane.class)
    void isTheSameForTheSameSeed(Lane lane) {
        assertThat(faults(lane, 7, MANY)).isEqualTo(faults(lane, 7, MANY));
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void isAnotherForAnotherSeed(Lane lane) {
        assertThat(faults(lane, 7, MANY)).isNotEqualTo(faults(lane, 8, MANY));
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void bringsEveryFaultOnceBeforeAnyComesTwice(Lane lane) {
        var kinds = lane.faults(new Random(0)).size();

        assertThat(faults(lane, 7, kinds)).extracting(Fault::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void isThroughWhenEachFaultHasHappened(Lane lane) {
        var schedule = new Schedule(lane, 7);
        for (int left = lane.faults(new Random(0)).size(); left > 0; left--) {
            assertThat(schedule.isThrough()).isFalse();
            schedule.next();
        }

        assertThat(schedule.isThrough()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void bringsWhatWasMissedBeforeAnyOtherComesTwice(Lane lane) {
        var schedule = new Schedule(lane, 7);
        var missed = schedule.next();
        schedule.missed(missed);
        for (int left = lane.faults(new Random(0)).size() - 1; left > 0; left--) {
            assertThat(schedule.next()).isNotEqualTo(missed);
        }

        assertThat(schedule.isThrough()).isFalse();
        assertThat(schedule.next()).isEqualTo(missed);
        assertThat(schedule.isThrough()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void bringsWhatCanComeWhileTheOthersWait(Lane lane) {
        var schedule = new Schedule(lane, 7);
        var first = new Schedule(lane, 7).next();

        assertThat(schedule.next(_ -> false)).isNull();
        var second = schedule.next(fault -> !fault.equals(first));

        assertThat(second).isNotNull().isNotEqualTo(first);
        assertThat(schedule.next(_ -> true)).isEqualTo(first);
        assertThat(schedule.isThrough()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void isThroughWithoutOneTwiceWhateverCouldCome(Lane lane) {
        var schedule = new Schedule(lane, 7);
        var random = new Random(3);
        var came = new ArrayList<String>();
        while (came.isEmpty() || !schedule.isThrough()) {
            var fault = schedule.next(_ -> random.nextBoolean());
            if (fault != null) {
                came.add(fault.name());
            }
        }

        assertThat(came)
                .doesNotHaveDuplicates()
                .hasSize(lane.faults(new Random(0)).size());
    }

    private static List<Fault> faults(Lane lane, long seed, int count) {
        return Stream.generate(new Schedule(lane, seed)::next).limit(count).toList();
    }
}
