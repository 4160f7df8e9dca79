package io.drawdown.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {

    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    final AtomicLong now = new AtomicLong(5 * SECOND);
    final RequestBudget budget = new RequestBudget(10, now::get);

    @Test
    void letsASecondsWorthThroughAtOnceAndSpreadsTheRest() {
        var slots = LongStream.generate(budget::book).limit(30).toArray();

        assertThat(LongStream.of(slots).filter(slot -> slot <= now.get())).hasSize(10);
        assertThat(slots[29] - now.get()).isEqualTo(2 * SECOND);
    }

    @Test
    void doesNotSaveUpMoreThanASecondsWorth() {
        now.addAndGet(3600 * SECOND);

        assertThat(LongStream.generate(budget::book).limit(30).filter(slot -> slot <= now.get()))
                .hasSize(10);
    }
}
