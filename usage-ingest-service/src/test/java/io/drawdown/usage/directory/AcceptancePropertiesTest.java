package io.drawdown.usage.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AcceptancePropertiesTest {

    @Test
    void takesUsageAsLateAsItCanBeRated() {
        assertThat(late(90).horizon()).isEqualTo(Duration.ofDays(90).plusMinutes(5));
        assertThatThrownBy(() -> late(91)).hasMessageContaining("drawdown.usage.acceptance.late");
        assertThatThrownBy(() -> late(-1)).hasMessageContaining("drawdown.usage.acceptance.late");
    }

    private static AcceptanceProperties late(int days) {
        return new AcceptanceProperties(Duration.ofDays(days), Duration.ofMinutes(5), Duration.ofSeconds(1));
    }
}
