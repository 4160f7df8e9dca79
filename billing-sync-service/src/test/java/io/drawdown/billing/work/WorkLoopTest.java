package io.drawdown.billing.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

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

    @Test
    void showsInTheHealthWhenAWorkerHasEndedThatNobodyStopped() {
        var loop = new WorkLoop("ending", WorkLoopTest::interruptItself, 1, Duration.ofMillis(1));
        var health = new WorkLoopsHealth(List.of(loop));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        loop.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> health.health().getStatus().equals(Status.DOWN));
        assertThat(health.health().getDetails()).containsEntry("workersMissing", List.of("ending"));

        loop.stop();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    private static boolean interruptItself() {
        Thread.currentThread().interrupt();
        return false;
    }

    private static boolean fail(AtomicInteger turns) {
        throw new NoClassDefFoundError("turn " + turns.incrementAndGet());
    }
}
