package io.drawdown.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopwatchTest {

    @Test
    void endsWhenAllEventsAreDoneAndSaysSo() {
        var stopwatch = new Stopwatch(Duration.ofMillis(1), Duration.ofMinutes(5), 30, _ -> {});

        var figure = stopwatch.measure(new Counting(10));

        assertThat(figure.drained()).isTrue();
        assertThat(figure.measured()).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void countsOnlyWhatBecameDurableAfterTheWarmUp() {
        var figure = Figure.of(5_000, Duration.ofMillis(2_500), 100, false);

        assertThat(figure.eventsPerSecond()).isEqualTo(2_000);
    }

    @Test
    void leavesHalfOfTheEventsToBeCounted() {
        var stopwatch = new Stopwatch(Duration.ofMinutes(5), Duration.ofMinutes(5), 1_000, _ -> {});

        var figure = stopwatch.measure(new Counting(100));

        assertThat(figure.measured()).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void tellsHowFarItIs() {
        var words = new ArrayList<String>();
        var stopwatch = new Stopwatch(Duration.ofMillis(1), Duration.ofMillis(300), Long.MAX_VALUE, words::add);

        stopwatch.measure(new Counting(10));

        assertThat(words).anySatisfy(word -> assertThat(word).contains("counting: measuring"));
    }

    /** Has so many events more durable at each look. */
    private record Counting(AtomicLong durable, long step) implements Contender {

        Counting(long step) {
            this(new AtomicLong(), step);
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public long durableEvents() {
            return durable.addAndGet(step);
        }

        @Override
        public long residentMegabytes() {
            return 1;
        }

        @Override
        public void close() {
            // Nothing was started.
        }
    }
}
