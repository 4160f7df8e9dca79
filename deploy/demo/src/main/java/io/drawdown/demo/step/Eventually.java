package io.drawdown.demo.step;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for what happens a moment later, and for what must not happen. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration STILLNESS = Duration.ofSeconds(3);

    private Eventually() {}

    /**
     * Waits until a value is as wanted.
     *
     * @throws AssertionError when it is not within a minute; names what was last seen
     */
    static <T> T see(String what, Callable<T> look, Predicate<T> wanted) {
        var seen = new Seen();
        try {
            return Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(POLL)
                    .ignoreExceptions()
                    .until(() -> seen.remember(look.call()), wanted);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Expected within %d s: %s. Last seen: %s".formatted(PATIENCE.toSeconds(), what, seen.last));
        }
    }

    /** Waits until a balance is exactly an amount, then makes sure that it stays there. */
    static void balance(Story story, String dollars) {
        var wanted = new BigDecimal(dollars);
        see("a balance of exactly $" + dollars, story::balance, balance -> balance.compareTo(wanted) == 0);
        stays("a balance of exactly $" + dollars, story::balance, balance -> balance.compareTo(wanted) == 0);
    }

    private static <T> void stays(String what, Callable<T> look, Predicate<T> wanted) {
        var seen = new Seen();
        try {
            Awaitility.await()
                    .during(STILLNESS)
                    .atMost(STILLNESS.multipliedBy(3))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> seen.remember(look.call()), wanted);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Expected to stay: %s. Then seen: %s".formatted(what, seen.last));
        }
    }

    private static final class Seen {

        private Object last = "nothing";

        private <T> T remember(T value) {
            last = value;
            return value;
        }
    }
}
