package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.BACK_OFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "5, 16", "6, 24", "1000, 24"})
    void doublesUpToTheLongest(int failures, int hours) {
        assertThat(BACK_OFF.after(failures)).isEqualTo(Duration.ofHours(hours));
    }

    @Test
    void refusesToWaitNotAtAll() {
        assertThatThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
