package io.drawdown.reporting.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawdown.support.problem.ProblemException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {

    @Test
    void takesDaysAndMonths() {
        var period = Period.of("2026-11-05", "2026-12");

        assertThat(period).isEqualTo(new Period(LocalDate.of(2026, 11, 5), LocalDate.of(2026, 12, 1)));
    }

    @Test
    void isOpenWhereNothingIsSaid() {
        assertThat(Period.of(null, " ")).isEqualTo(new Period(null, null));
    }

    @ParameterizedTest
    @CsvSource({"yesterday, 2026-12", "2026-11-31, 2026-12-31", "2026-12, 2026-11", "2026-11, 2026-11", "2026-13,"})
    void isRefusedWhenItIsNone(String from, String to) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Period.of(from, to))
                .returns("invalid-period", ProblemException::type);
    }
}
