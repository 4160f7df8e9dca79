package io.drawdown.billing.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.mirror.MirroredObjects.Locked;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeenAtTest {

    static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    @Test
    void isTheTimeOfTheLook() {
        assertThat(new Locked(null, null).nextSeenAt(NOW)).isEqualTo(NOW);
        assertThat(new Locked(null, NOW.minusSeconds(1)).nextSeenAt(NOW)).isEqualTo(NOW);
    }

    @Test
    void risesAlthoughTheClockStandsStillOrGoesBack() {
        assertThat(new Locked(null, NOW).nextSeenAt(NOW)).isEqualTo(NOW.plusMillis(1));
        assertThat(new Locked(null, NOW.plusSeconds(60)).nextSeenAt(NOW)).isEqualTo(NOW.plusMillis(60_001));
    }
}
