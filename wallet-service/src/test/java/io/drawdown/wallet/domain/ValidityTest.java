package io.drawdown.wallet.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drawdown.support.time.Zone;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidityTest {

    @ParameterizedTest
    @CsvSource({
        "P1M,  2026-01-31T23:59:59.999Z, 2026-02-28T23:59:59.999Z",
        "P1M,  2028-01-31T00:00:00Z,     2028-02-29T00:00:00Z",
        "P1M,  2026-02-28T12:00:00Z,     2026-03-28T12:00:00Z",
        "P13M, 2026-12-31T00:00:00Z,     2028-01-31T00:00:00Z",
        "P1Y,  2028-02-29T10:00:00Z,     2029-02-28T10:00:00Z",
        "P30D, 2026-03-15T01:30:00Z,     2026-04-14T01:30:00Z",
        "P2W,  2026-12-25T00:00:00Z,     2027-01-08T00:00:00Z",
    })
    void endsOnTheDayOfTheMonthOrItsLastAtTheSameTimeOfDay(String period, Instant begin, Instant end) {
        assertThat(Validity.of(period).end(begin, Zone.UTC)).isEqualTo(end);
    }

    /** The days on which a clock is put forward or back have 23 or 25 hours, or are skipped altogether. */
    @ParameterizedTest
    @CsvSource({
        // Begins at 00:30 on the 1st, which in UTC is still the day before.
        "Europe/Berlin,    P1M, 2026-01-30T23:30:00Z, 2026-02-27T23:30:00Z",
        "Europe/Berlin,    P1D, 2027-03-27T12:00:00Z, 2027-03-28T11:00:00Z",
        "Europe/Berlin,    P1D, 2026-10-24T12:00:00Z, 2026-10-25T13:00:00Z",
        // 02:30 does not exist on 28 March and comes an hour later; it comes twice on 25 October, where the first is
        // meant.
        "Europe/Berlin,    P1D, 2027-03-27T01:30:00Z, 2027-03-28T01:30:00Z",
        "Europe/Berlin,    P1D, 2026-10-24T00:30:00Z, 2026-10-25T00:30:00Z",
        "Europe/Berlin,    P1M, 2027-02-28T01:30:00Z, 2027-03-28T01:30:00Z",
        "America/St_Johns, P1M, 2026-10-15T02:29:59Z, 2026-11-15T03:29:59Z",
        "America/St_Johns, P1M, 2027-02-15T03:30:00Z, 2027-03-15T02:30:00Z",
        "Asia/Kathmandu,   P1M, 2026-01-30T18:15:00Z, 2026-02-27T18:15:00Z",
        // There was no 30 December 2011 there.
        "Pacific/Apia,     P1D, 2011-12-29T20:00:00Z, 2011-12-30T20:00:00Z",
        "Pacific/Apia,     P2D, 2011-12-29T20:00:00Z, 2011-12-30T20:00:00Z",
        "Pacific/Apia,     P1M, 2011-11-30T20:00:00Z, 2011-12-30T20:00:00Z",
    })
    void endsAtTheSameTimeOfDayOfTheAccountsClock(String zone, String period, Instant begin, Instant end) {
        assertThat(Validity.of(period).end(begin, Zone.of(zone))).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a month", "P0D", "P-1M", "P1M1D", "PT1H", "P1201M", "P36501D", "P999999999999D"})
    void isMonthsOrDays(String period) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Validity.of(period))
                .withMessageContaining("months or");
    }

    @ParameterizedTest
    @CsvSource({"P1Y, P12M", "P2W, P14D", "P1M, P1M", "P365D, P365D"})
    void isWrittenAsItIsRead(String period, String written) {
        assertThat(Validity.of(period)).hasToString(written);
        assertThat(Validity.of(written)).isEqualTo(Validity.of(period));
    }
}
