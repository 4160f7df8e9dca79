package io.drawdown.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttendanceTest {

    @Test
    void isWholeWhileNothingIsMissing() {
        assertThat(after(true, true, true).isWhole()).isTrue();
    }

    @Test
    void isBrokenByOneGapHoweverItEnds() {
        assertThat(after(true, false, true).isWhole()).isFalse();
    }

    private static Attendance after(Boolean... looks) {
        Iterator<Boolean> isThere = List.of(looks).iterator();
        var attendance = new Attendance(isThere::next);
        var condition = attendance.during(() -> !isThere.hasNext());
        while (!condition.getAsBoolean()) {
            assertThat(isThere).hasNext();
        }
        return attendance;
    }
}
