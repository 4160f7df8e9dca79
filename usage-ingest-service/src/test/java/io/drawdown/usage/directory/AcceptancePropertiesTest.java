package io.drawdown.usage.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;

class AcceptancePropertiesTest {

    @Test
    void takesUsageAsLateAsItCanBeRated() {
        assertThat(late(90).horizon()).isEqualTo(Duration.ofDays(90).plusMinutes(5));
        assertThatThrownBy(() -> late(91)).hasMessageContaining("drawdown.usage.acceptance.late");
        assertThatThrownBy(() -> late(-1)).hasMessageContaining("drawdown.usage.acceptance.late");
    }

    @Test
    void remembersFor35DaysUnlessUsageMayBeLater() {
        var unset = new Binder(List.of()).bindOrCreate("drawdown.usage.acceptance", AcceptanceProperties.class);

        assertThat(unset.late()).isEqualTo(Duration.ofDays(35));
        assertThat(unset.horizon()).isEqualTo(Duration.ofDays(35).plusMinutes(5));
        assertThat(late(1).horizon()).isEqualTo(unset.horizon());
        assertThat(late(36).horizon()).isEqualTo(Duration.ofDays(36).plusMinutes(5));
    }

    private static AcceptanceProperties late(int days) {
        return new AcceptanceProperties(Duration.ofDays(days), Duration.ofMinutes(5), Duration.ofSeconds(1));
    }
}
