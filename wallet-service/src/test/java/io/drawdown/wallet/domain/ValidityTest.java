package io.drawdown.wallet.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
        assertThat(Validity.of(period).end(begin)).isEqualTo(end);
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
