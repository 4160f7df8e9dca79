package io.drawdown.usage.totals;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.support.time.Zone;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {

    @ParameterizedTest
    @CsvSource({
        "UTC,              HOUR,  2026-11-20T00:00:00Z, 2026-11-21T00:00:00Z, 24",
        "Europe/Berlin,    HOUR,  2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 25",
        "Europe/Berlin,    HOUR,  2027-03-27T23:00:00Z, 2027-03-28T22:00:00Z, 23",
        "Asia/Kolkata,     HOUR,  2026-11-20T10:30:00Z, 2026-11-20T12:30:00Z, 2",
        "America/St_Johns, DAY,   2026-11-01T02:30:00Z, 2026-11-03T03:30:00Z, 2",
        "Europe/Berlin,    DAY,   2027-02-28T23:00:00Z, 2027-03-31T22:00:00Z, 31",
        "Europe/Berlin,    MONTH, 2026-12-31T23:00:00Z, 2027-12-31T23:00:00Z, 12",
        "Pacific/Apia,     DAY,   2011-11-30T10:00:00Z, 2011-12-31T10:00:00Z, 31",
    })
    void adjoinFromOneStartToAnother(String zone, Window length, Instant from, Instant to, int count) {
        var windows = Windows.between(from, to, length, Zone.of(zone), 1_000);
        assertThat(windows.starts()).hasSize(count).isSorted().doesNotHaveDuplicates();
        assertThat(windows.start()).isEqualTo(from);
        assertThat(windows.end()).isEqualTo(to);
        assertThat(windows.starts())
                .allSatisfy(start ->
                        assertThat(length.at(start, Zone.of(zone)).start()).isEqualTo(start));
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "100, 24"})
    void areNoMoreThanWereAskedFor(int most, int count) {
        var begin = Instant.parse("2026-11-20T00:00:00Z");
        var windows = Windows.between(begin, begin.plus(Duration.ofDays(1)), Window.HOUR, Zone.UTC, most);
        assertThat(windows.starts()).hasSize(count);
    }
}
