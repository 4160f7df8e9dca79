package io.drawdown.billing.work;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WorkLoopTest {

    @Test
    void goesOnAfterATurnThatEndsInAnError() {
        var turns = new AtomicInteger();
        var loop = new WorkLoop("failing", () -> fail(turns), 1, Duration.ofMillis(1));

        loop.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> turns.get() > 2);
        } finally {
            loop.stop();
        }
    }

    private static boolean fail(AtomicInteger turns) {
        throw new NoClassDefFoundError("turn " + turns.incrementAndGet());
    }
}
