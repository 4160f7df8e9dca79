package io.drawdown.support.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ZoneTest {

    private static final Instant FIRST = Instant.parse("1950-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2060-01-01T00:00:00Z");

    /** Whatever was asked for before: the instants come in any order, and the zone remembers. */
    @Property(tries = 2_000)
    void everyInstantIsInOneMonthAndMonthsAdjoin(
            @ForAll("zones") String id, @ForAll("instants") List<Instant> instants) {
        var zone = Zone.of(id);
        for (var instant : instants) {
            var month = zone.monthOf(instant);
            assertThat(instant).isBetween(zone.startOf(month), zone.endOf(month).minusNanos(1));
            assertThat(zone.endOf(month)).isEqualTo(zone.startOf(month.plusMonths(1)));
            assertThat(zone.startOf(month)).isEqualTo(zone.endOf(month.minusMonths(1)));
            assertThat(zone.monthOf(zone.endOf(month))).isEqualTo(month.plusMonths(1));
            assertThat(zone.monthOf(zone.endOf(month).minusNanos(1))).isEqualTo(month);
        }
    }

    /** Hours lie in days and days in months, whole. */
    @Property(tries = 2_000)
    void hoursAndDaysAdjoinAndLieInOneAnother(@ForAll("zones") String id, @ForAll("instants") List<Instant> instants) {
        var zone = Zone.of(id);
        for (var instant : instants) {
            var hour = zone.hour(instant);
            var day = zone.day(instant);
            var month = zone.month(instant);
            assertThat(instant).isBetween(hour.start(), hour.end().minusNanos(1));
            assertThat(hour.start()).isBetween(day.start(), day.end());
            assertThat(hour.end()).isBetween(day.start(), day.end());
            assertThat(day.start()).isBetween(month.start(), month.end());
            assertThat(day.end()).isBetween(month.start(), month.end());
            assertThat(zone.hour(hour.end()).start()).isEqualTo(hour.end());
            assertThat(zone.hour(hour.end().minusNanos(1))).isEqualTo(hour);
            assertThat(zone.day(day.end()).start()).isEqualTo(day.end());
            assertThat(zone.day(day.end().minusNanos(1))).isEqualTo(day);
            assertThat(zone.month(month.end()).start()).isEqualTo(month.end());
        }
    }

    /** From the full hour on, where the clock is not changed about then; else as long as it is shown, and no longer. */
    @Property(tries = 2_000)
    void theHourIsWhatTheClockThereShows(@ForAll("zones") String id, @ForAll("instants") List<Instant> instants) {
        var rules = ZoneId.of(id).getRules();
        for (var instant : instants) {
            var hour = Zone.of(id).hour(instant);
            var change = rules.nextTransition(instant.minusSeconds(3_601));
            if (change == null || change.getInstant().isAfter(instant.plusSeconds(3_601))) {
                var shown = instant.atZone(ZoneId.of(id))
                        .truncatedTo(ChronoUnit.HOURS)
                        .toInstant();
                assertThat(hour).isEqualTo(new Interval(shown, shown.plusSeconds(3_600)));
            } else {
                var offset = rules.getOffset(hour.start());
                assertThat(rules.getOffset(hour.end().minusNanos(1))).isEqualTo(offset);
                assertThat(LocalDateTime.ofInstant(hour.start(), offset).getHour())
                        .isEqualTo(LocalDateTime.ofInstant(hour.end().minusNanos(1), offset)
                                .getHour());
            }
        }
    }

    @Example
    void aDayOnWhichTheClockIsChangedIsLongerOrShorter() {
        assertThat(hoursOfDay("Europe/Berlin", "2027-03-28T12:00:00Z")).isEqualTo(23);
        assertThat(hoursOfDay("Europe/Berlin", "2026-10-25T12:00:00Z")).isEqualTo(25);
        assertThat(hoursOfDay("Europe/Berlin", "2026-10-26T12:00:00Z")).isEqualTo(24);
        // Half an hour, which is an hour of its own.
        assertThat(hoursOfDay("Australia/Lord_Howe", "2026-10-04T00:00:00Z")).isEqualTo(24);
        assertThat(Zone.of("Asia/Kolkata").hour(Instant.parse("2026-11-20T10:29:59Z")))
                .isEqualTo(new Interval(Instant.parse("2026-11-20T09:30:00Z"), Instant.parse("2026-11-20T10:30:00Z")));
        assertThat(Zone.of("Pacific/Apia").day(Instant.parse("2011-12-30T09:59:59Z")))
                .isEqualTo(new Interval(Instant.parse("2011-12-29T10:00:00Z"), Instant.parse("2011-12-30T10:00:00Z")));
        assertThat(Zone.of("Pacific/Apia").day(Instant.parse("2011-12-30T10:00:00Z")))
                .isEqualTo(new Interval(Instant.parse("2011-12-30T10:00:00Z"), Instant.parse("2011-12-31T10:00:00Z")));
    }

    private static int hoursOfDay(String id, String instant) {
        var zone = Zone.of(id);
        var day = zone.day(Instant.parse(instant));
        int hours = 0;
        for (var at = day.start(); at.isBefore(day.end()); at = zone.hour(at).end()) {
            hours++;
        }
        return hours;
    }

    /** But for the hour that is shown twice where the clock goes back over the midnight at which a month has begun. */
    @Property(tries = 2_000)
    void theMonthIsWhatTheClockThereShows(@ForAll("zones") String id, @ForAll("instants") List<Instant> instants) {
        for (var instant : instants) {
            var month = Zone.of(id).monthOf(instant);
            var clock = instant.atZone(ZoneId.of(id));
            if (!YearMonth.from(clock).equals(month)) {
                var begun = month.atDay(1).atStartOfDay(ZoneId.of(id));
                assertThat(begun.toInstant()).isBeforeOrEqualTo(instant);
                assertThat(clock.getOffset().getTotalSeconds())
                        .isLessThan(begun.getOffset().getTotalSeconds());
            }
        }
    }

    @Example
    void aMonthThatHasBegunGoesOnWhenTheClockGoesBack() {
        var newfoundland = Zone.of("America/St_Johns");
        // At one minute past midnight on 1 November 2009 it became 23:01 on 31 October again.
        var backInOctober = Instant.parse("2009-11-01T02:31:00Z");
        assertThat(YearMonth.from(backInOctober.atZone(ZoneId.of("America/St_Johns"))))
                .isEqualTo("2009-10");
        assertThat(newfoundland.monthOf(backInOctober)).isEqualTo("2009-11");
        assertThat(newfoundland.endOf(YearMonth.of(2009, 10))).isEqualTo("2009-11-01T02:30:00Z");
    }

    @Example
    void aMonthBeginsWhereTheAccountIs() {
        assertThat(Zone.UTC.startOf(YearMonth.of(2026, 12))).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(Zone.of("Europe/Berlin").startOf(YearMonth.of(2026, 12))).isEqualTo("2026-11-30T23:00:00Z");
        assertThat(Zone.of("Europe/Berlin").startOf(YearMonth.of(2027, 4))).isEqualTo("2027-03-31T22:00:00Z");
        assertThat(Zone.of("Asia/Kathmandu").startOf(YearMonth.of(2026, 12))).isEqualTo("2026-11-30T18:15:00Z");
        assertThat(Zone.of("America/St_Johns").startOf(YearMonth.of(2026, 12))).isEqualTo("2026-12-01T03:30:00Z");
        // The last day of 2011 came right after the 29th of December.
        assertThat(Zone.of("Pacific/Apia").monthOf(Instant.parse("2011-12-30T10:00:00Z")))
                .isEqualTo("2011-12");
        assertThat(Zone.of("Pacific/Apia").endOf(YearMonth.of(2011, 12))).isEqualTo("2011-12-31T10:00:00Z");
    }

    @Example
    void thereIsOneOfEach() {
        assertThat(Zone.of("Europe/Berlin")).isSameAs(Zone.of("Europe/Berlin")).hasToString("Europe/Berlin");
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> Zone.of("Mars/Olympus"));
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds());
    }

    /** Evenly, and close to where months begin and clocks change. */
    @Provide
    Arbitrary<List<Instant>> instants() {
        var any = Arbitraries.longs().between(FIRST.getEpochSecond(), LAST.getEpochSecond());
        var monthEnds = Arbitraries.integers()
                .between(0, 12 * 109)
                .map(months -> YearMonth.of(1950, 1).plusMonths(months).atDay(1).atStartOfDay(ZoneId.of("UTC")))
                .flatMap(end -> Arbitraries.longs().between(-60_000, 60_000).map(end::plusSeconds))
                .map(end -> end.toEpochSecond());
        return Arbitraries.oneOf(any, monthEnds)
                .map(Instant::ofEpochSecond)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
