package io.drawdown.sandbox.seed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Customers with subscriptions and the months of invoices behind them, made by calls of the API and by test clocks. The
 * same number gives the same names, plans, cards and amounts; ids, and the order between customers, differ.
 *
 * @param customers how many
 * @param months how much history each has
 * @param end when the history ends
 * @param number what all is made from
 */
public record DataSet(int customers, int months, Instant end, long number) {

    /** So many live on one test clock. */
    private static final int PER_CLOCK = 3;

    private static final int CLOCKS_AT_ONCE = 8;

    public DataSet {
        if (customers < 1 || months < 1 || months > 60) {
            throw new IllegalArgumentException("At least one customer, and 1 to 60 months");
        }
    }

    /**
     * Makes it all.
     *
     * @param progress told how many customers are there, as they come
     * @throws IllegalStateException when the API refuses a call; what was made before stays
     */
    public void make(Api api, IntConsumer progress) {
        var catalog = Catalog.create(api);
        var made = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(CLOCKS_AT_ONCE)) {
            var groups = new ArrayList<Future<?>>();
            for (int first = 0; first < customers; first += PER_CLOCK) {
                var group = new CustomerGroup(this, first, Math.min(PER_CLOCK, customers - first));
                groups.add(threads.submit(() -> progress.accept(made.addAndGet(group.make(api, catalog)))));
            }
            join(groups, threads::shutdownNow);
        }
    }

    private static void join(List<Future<?>> groups, Runnable giveUp) {
        try {
            for (Future<?> group : groups) {
                group.get();
            }
        } catch (ExecutionException e) {
            giveUp.run();
            throw new IllegalStateException("The data set is not whole: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            giveUp.run();
            Thread.currentThread().interrupt();
        }
    }

    /** Chance for the customer of that place, always the same. */
    SplittableRandom chanceOf(int customer) {
        return new SplittableRandom(number * 1_000_003 + customer);
    }
}
