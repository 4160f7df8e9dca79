package io.drawdown.bench.rival;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts what has become durable and prints the total once a second. */
public final class Counter {

    private final LongAdder durable = new LongAdder();

    @SuppressWarnings("FutureReturnValueIgnored") // It prints until the process ends.
    public static Counter printing() {
        var counter = new Counter();
        var printer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        printer.scheduleAtFixedRate(() -> System.out.println(counter.durable.sum()), 0, 1, TimeUnit.SECONDS);
        return counter;
    }

    public void add(long events) {
        durable.add(events);
    }
}
