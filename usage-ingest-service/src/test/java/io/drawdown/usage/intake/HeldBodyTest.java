package io.drawdown.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeldBodyTest {

    final InFlight bytes = new InFlight("bytes", 100_000, Duration.ZERO);

    @Test
    void takesPlacesForWhatWasReadAndGivesThemBack() throws IOException {
        try (var body = body(80_000)) {
            assertThat(bytes.count()).isZero();
            assertThat(body.read()).isZero();
            assertThat(bytes.count()).isEqualTo(1);
            assertThat(RequestBytes.all(body, 80_000)).hasSize(79_999);
            assertThat(bytes.count()).isEqualTo(80_000);
        }
        assertThat(bytes.count()).isZero();
    }

    /** What it has read until then goes back, too. */
    @Test
    void isTurnedAwayWhereOthersHoldTooMuch() throws IOException {
        try (var first = body(60_000)) {
            RequestBytes.all(first, 100_000);
            assertThatThrownBy(this::readAnother).isInstanceOf(IntakeUnavailable.class);
            assertThat(bytes.count()).isEqualTo(60_000);
        }
    }

    private void readAnother() throws IOException {
        try (var second = body(60_000)) {
            RequestBytes.all(second, 100_000);
        }
    }

    /** However much it expands to. */
    @Test
    void holdsNoMoreThanARequestMayHave() throws IOException {
        try (var body = body(90_000)) {
            assertThatThrownBy(() -> RequestBytes.all(body, 10_000)).isInstanceOf(UnreadableRequest.class);
            assertThat(bytes.count()).isEqualTo(10_001);
        }
    }

    private HeldBody body(int length) {
        return new HeldBody(new ByteArrayInputStream(new byte[length]), bytes);
    }
}
