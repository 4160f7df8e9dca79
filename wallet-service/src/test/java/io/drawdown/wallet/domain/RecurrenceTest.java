package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drawdown.support.time.Zone;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Regular instants: none a month early, in short months, in leap years, and before the first. */
class RecurrenceTest {

    @ParameterizedTest
    @CsvSource({
        "P1M,  2026-01-31T10:00:00Z, 2026-01-31T10:00:00Z,     2026-02-28T10:00:00Z",
        "P1M,  2026-01-31T10:00:00Z, 2026-02-28T09:59:59.999Z, 2026-02-28T10:00:00Z",
        "P1M,  2026-01-31T10:00:00Z, 2026-02-28T10:00:00Z,     2026-03-31T10:00:00Z",
        "P1M,  2026-01-29T10:00:00Z, 2026-02-28T10:00:00Z,     2026-03-29T10:00:00Z",
        "P1M,  2028-01-31T10:00:00Z, 2028-02-01T00:00:00Z,     2028-02-29T10:00:00Z",
        "P1M,  2026-11-30T23:00:00Z, 2027-02-28T23:00:00Z,     2027-03-30T23:00:00Z",
        "P1Y,  2028-02-29T10:00:00Z, 2028-12-31T00:00:00Z,     2029-02-28T10:00:00Z",
        "P1Y,  2028-02-29T10:00:00Z, 2031-12-31T00:00:00Z,     2032-02-29T10:00:00Z",
        "P3M,  2026-11-30T10:00:00Z, 2026-12-31T00:00:00Z,     2027-02-28T10:00:00Z",
        "P30D, 2026-03-15T01:30:00Z, 2026-04-14T01:29:59.999Z, 2026-04-14T01:30:00Z",
        "P30D, 2026-03-15T01:30:00Z, 2026-04-14T01:30:00Z,     2026-05-14T01:30:00Z",
        "P1M,  2027-01-31T10:00:00Z, 2026-12-31T23:59:59Z,     2027-01-31T10:00:00Z",
    })
    void theNextOneComesOnItsDayOrTheLastOfTheMonth(String every, Instant first, Instant after, Instant next) {
        var recurrence = new Recurrence(usd("10"), Validity.of(every), first);
        assertThat(recurrence.nextAfter(after, Zone.UTC)).isEqualTo(next);
        assertThat(recurrence.latestBy(next, Zone.UTC)).isEqualTo(next);
        assertThat(recurrence.latestBy(next.minusMillis(1), Zone.UTC)).isNotEqualTo(next);
    }

    /** One on each day at half past two, where on 28 March there is no such time, and on 25 October there are two. */
    @ParameterizedTest
    @CsvSource({
        "2027-03-27T01:30:00Z, 2027-03-28T01:30:00Z, 2027-03-29T00:30:00Z",
        "2026-10-24T00:30:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
    })
    void eachDayHasOneWhenTheClockIsChanged(Instant first, Instant second, Instant third) {
        var daily = new Recurrence(usd("10"), new Validity(0, 1), first);
        var berlin = Zone.of("Europe/Berlin");
        assertThat(daily.nextAfter(first, berlin)).isEqualTo(second);
        assertThat(daily.nextAfter(second.minusMillis(1), berlin)).isEqualTo(second);
        assertThat(daily.latestBy(second.minusMillis(1), berlin)).isEqualTo(first);
        assertThat(daily.nextAfter(second, berlin)).isEqualTo(third);
        assertThat(daily.nextAfter(second.plus(Duration.ofHours(1)), berlin)).isEqualTo(third);
        assertThat(daily.latestBy(third.minusMillis(1), berlin)).isEqualTo(second);
    }

    @Test
    void comesOnTheLastOfTheMonthWhereTheAccountIs() {
        var monthly = new Recurrence(usd("10"), new Validity(1, 0), Instant.parse("2027-01-30T18:15:00Z"));
        var kathmandu = Zone.of("Asia/Kathmandu");
        assertThat(monthly.nextAfter(Instant.parse("2027-02-01T00:00:00Z"), kathmandu))
                .isEqualTo("2027-02-27T18:15:00Z");
        assertThat(monthly.nextAfter(Instant.parse("2027-03-01T00:00:00Z"), kathmandu))
                .isEqualTo("2027-03-30T18:15:00Z");
    }

    @Test
    void thereIsNoneBeforeTheFirst() {
        var first = Instant.parse("2027-01-31T10:00:00Z");
        var monthly = new Recurrence(usd("10"), new Validity(1, 0), first);
        assertThat(monthly.latestBy(first.minusMillis(1), Zone.UTC)).isNull();
        assertThat(monthly.latestBy(first, Zone.UTC)).isEqualTo(first);
    }

    @Test
    void refusesWhatIsNone() {
        var month = new Validity(1, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> new Recurrence(usd("0"), month, Instant.EPOCH));
        assertThatIllegalArgumentException().isThrownBy(() -> new Recurrence(usd("1"), month, Instant.MAX));
        assertThatIllegalArgumentException().isThrownBy(() -> new Recurrence(usd("1"), month, Instant.MIN));
    }
}
