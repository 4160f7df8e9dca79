package io.drawdown.wallet.ledger;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WhenAskedTest {

    @Test
    void runsAgainAfterAnErrorToo() {
        var runs = new AtomicInteger();
        var task = new WhenAsked("failing", Duration.ofMillis(100), () -> fail(runs));
        task.start();
        try {
            await().atMost(Duration.ofSeconds(5)).until(() -> runs.get() > 1);
        } finally {
            task.stop();
        }
    }

    private static void fail(AtomicInteger runs) {
        throw new NoClassDefFoundError("run " + runs.incrementAndGet());
    }
}
