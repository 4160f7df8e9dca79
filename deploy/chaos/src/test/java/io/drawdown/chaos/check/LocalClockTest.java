package io.drawdown.chaos.check;

import static io.drawdown.chaos.check.LocalClock.Window.DAY;
import static io.drawdown.chaos.check.LocalClock.Window.HOUR;
import static io.drawdown.chaos.check.LocalClock.Window.MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.check.LocalClock.Window;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LocalClockTest {

    @Test
    void knowsWhenHoursDaysAndMonthsBegin() {
        expect("UTC", HOUR, "2026-11-20T12:34:00Z", "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z");
        expect("Asia/Kathmandu", HOUR, "2026-11-20T12:10:00Z", "2026-11-20T11:15:00Z", "2026-11-20T12:15:00Z");
        expect("Asia/Kathmandu", DAY, "2026-11-20T12:00:00Z", "2026-11-19T18:15:00Z", "2026-11-20T18:15:00Z");
        expect("Pacific/Kiritimati", MONTH, "2026-10-31T10:00:00Z", "2026-10-31T10:00:00Z", "2026-11-30T10:00:00Z");
        expect("Pacific/Pago_Pago", MONTH, "2026-11-01T10:59:59Z", "2026-10-01T11:00:00Z", "2026-11-01T11:00:00Z");
    }

    @Test
    void knowsHoursAndDaysOnWhichTheClockIsChanged() {
        expect("America/Los_Angeles", DAY, "2026-11-01T20:00:00Z", "2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z");
        expect("America/Los_Angeles", HOUR, "2026-11-01T09:30:00Z", "2026-11-01T09:00:00Z", "2026-11-01T10:00:00Z");
        expect("Australia/Lord_Howe", HOUR, "2026-04-04T14:50:00Z", "2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z");
        expect("Australia/Lord_Howe", HOUR, "2026-04-04T15:10:00Z", "2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z");
    }

    /** The clock goes back from a minute past midnight to a minute past eleven. */
    @Test
    void doesNotEndAMonthThatHasBegun() {
        expect("America/St_Johns", MONTH, "2009-11-01T03:00:00Z", "2009-11-01T02:30:00Z", "2009-12-01T03:30:00Z");
        expect("America/St_Johns", DAY, "2009-11-01T03:00:00Z", "2009-11-01T02:30:00Z", "2009-11-02T03:30:00Z");
    }

    @Test
    void countsMonthsAsTheClockShowsThem() {
        var clock = new LocalClock(ZoneId.of("America/Los_Angeles"));

        assertThat(clock.after(Instant.parse("2026-11-20T12:00:00Z"), Period.ofMonths(6)))
                .isEqualTo("2027-05-20T11:00:00Z");
    }

    private static void expect(String zone, Window window, String instant, String start, String end) {
        var clock = new LocalClock(ZoneId.of(zone));
        assertThat(clock.startOf(window, Instant.parse(instant))).isEqualTo(start);
        assertThat(clock.endOf(window, Instant.parse(instant))).isEqualTo(end);
    }
}
