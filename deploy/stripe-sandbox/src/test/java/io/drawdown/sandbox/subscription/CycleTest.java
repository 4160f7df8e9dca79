package io.drawdown.sandbox.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CycleTest {

    static long at(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T10:00:00Z, 1, 2026-02-28T10:00:00Z",
        "2026-01-31T10:00:00Z, 2, 2026-03-31T10:00:00Z",
        "2026-01-31T10:00:00Z, 3, 2026-04-30T10:00:00Z",
        "2026-01-31T10:00:00Z, 25, 2028-02-29T10:00:00Z",
        "2026-01-31T10:00:00Z, -1, 2025-12-31T10:00:00Z"
    })
    void comesBackToItsAnchorsDay(String anchor, long intervals, String expected) {
        assertThat(new Cycle(at(anchor), ChronoUnit.MONTHS, 1).boundary(intervals))
                .isEqualTo(at(expected));
    }

    @Test
    void keepsALeapDay() {
        var yearly = new Cycle(at("2024-02-29T00:00:00Z"), ChronoUnit.YEARS, 1);
        assertThat(yearly.boundary(1)).isEqualTo(at("2025-02-28T00:00:00Z"));
        assertThat(yearly.boundary(4)).isEqualTo(at("2028-02-29T00:00:00Z"));
    }

    @Test
    void beginsAPeriodAtItsBoundary() {
        var cycle = new Cycle(at("2026-01-15T12:00:00Z"), ChronoUnit.MONTHS, 1);
        long boundary = at("2026-02-15T12:00:00Z");
        assertThat(cycle.containing(boundary).start()).isEqualTo(boundary);
        assertThat(cycle.containing(boundary - 1).end()).isEqualTo(boundary);
    }

    @ParameterizedTest
    @CsvSource({
        "YEARS, 1, MONTHS, 1, true",
        "YEARS, 1, MONTHS, 3, true",
        "MONTHS, 6, MONTHS, 2, true",
        "WEEKS, 2, DAYS, 7, true",
        "MONTHS, 3, MONTHS, 2, false",
        "MONTHS, 1, DAYS, 1, false",
        "YEARS, 1, WEEKS, 1, false"
    })
    void isAMultipleOfTheOneThatHasAllItsBoundaries(
            ChronoUnit unit, long count, ChronoUnit shortUnit, long shortCount, boolean expected) {
        var cycle = new Cycle(at("2026-01-31T23:59:59Z"), unit, count);
        var shorter = new Cycle(at("2026-01-31T23:59:59Z"), shortUnit, shortCount);
        assertThat(cycle.isMultipleOf(shorter)).isEqualTo(expected);
        for (int n = 1; expected && n <= 24; n++) {
            assertThat(shorter.containing(cycle.boundary(n)).start()).isEqualTo(cycle.boundary(n));
        }
    }

    /** Every instant lies in exactly one period, and periods follow one another without a gap. */
    @ParameterizedTest
    @EnumSource(
            value = ChronoUnit.class,
            names = {"DAYS", "WEEKS", "MONTHS", "YEARS"})
    void coversAllTime(ChronoUnit unit) {
        for (long count = 1; count <= 3; count++) {
            var cycle = new Cycle(at("2026-01-31T23:59:59Z"), unit, count);
            for (long instant = at("2023-01-01T00:00:00Z"); instant < at("2029-01-01T00:00:00Z"); instant += 864_001) {
                var period = cycle.containing(instant);
                assertThat(period.start()).isLessThanOrEqualTo(instant);
                assertThat(period.end()).isGreaterThan(instant);
                assertThat(cycle.containing(period.end()).start()).isEqualTo(period.end());
            }
        }
    }
}
