package io.drawdown.billing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

    final BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @Test
    void doublesFromTryToTry() {
        assertThat(backOff.after(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backOff.after(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backOff.after(5)).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void neverWaitsLongerThanTheLimitHoweverOftenItFailed() {
        assertThat(backOff.after(10)).isEqualTo(Duration.ofMinutes(5));
        assertThat(backOff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }
}
