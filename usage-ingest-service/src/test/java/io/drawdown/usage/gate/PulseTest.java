package io.drawdown.usage.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {

    private static final Duration MOST = Duration.ofSeconds(3);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - MOST.toNanos());
    private final Pulse pulse = new Pulse(MOST, nanos::get);

    @Test
    void takesAShortWaitForNothing() {
        nanos.addAndGet(MOST.toNanos());
        assertThat(pulse.standstills()).isZero();
    }

    /** Whoever asks may be awake before the pulse is. */
    @Test
    void noticesAStandstillWhenItIsAsked() {
        nanos.addAndGet(MOST.toNanos() + 1);
        assertThat(pulse.standstills()).isOne();
        assertThat(pulse.standstills()).isOne();
        nanos.addAndGet(MOST.toNanos() + 1);
        assertThat(pulse.standstills()).isEqualTo(2);
    }

    @Test
    void noticesAStandstillByItself() {
        var own = new Pulse(MOST, nanos::get);
        own.start();
        try {
            nanos.addAndGet(MOST.toNanos() + 1);
            await().until(() -> own.standstills() == 1);
            nanos.addAndGet(MOST.toNanos() / 2);
            await().during(Duration.ofMillis(300)).until(() -> own.standstills() == 1);
            nanos.addAndGet(MOST.toNanos() / 2 + 1);
            assertThat(own.standstills()).as("it has beaten since").isOne();
        } finally {
            own.stop();
        }
    }
}
