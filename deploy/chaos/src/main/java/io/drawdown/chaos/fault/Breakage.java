package io.drawdown.chaos.fault;

import io.drawdown.chaos.platform.ChaosPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All lanes at once, for a time. */
public final class Breakage {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Injector injector;
    private final long seed;
    private final Consumer<Injection> told;
    private final Queue<Injection> injections = new ConcurrentLinkedQueue<>();

    /** @param told hears of each fault when it has come */
    public Breakage(ChaosPlatform platform, long seed, Consumer<Injection> told) {
        this.injector = new Injector(platform);
        this.seed = seed;
        this.told = told;
    }

    /** Returns after that time, when the last faults have come; what came, in the order of time. */
    public List<Injection> last(Duration time) throws InterruptedException {
        var end = System.nanoTime() + time.toNanos();
        return run(Schedule::next, _ -> System.nanoTime() < end);
    }

    /**
     * Returns when every fault has come once, or after that time; what came, in the order of time. While a fault waits for
     * processes that are on their way back, those come that need not wait.
     */
    public List<Injection> untilEachHasCome(Duration atMost) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        return run(
                schedule -> schedule.next(injector::canCome),
                schedule -> !schedule.isThrough() && System.nanoTime() < end);
    }

    private List<Injection> run(Function<Schedule, @Nullable Fault> choice, Predicate<Schedule> goesOn)
            throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var lane : Lane.values()) {
            threads.add(Thread.ofPlatform().name("lane-" + lane).daemon().start(() -> run(lane, choice, goesOn)));
        }
        for (var thread : threads) {
            thread.join();
        }
        return injections.stream().sorted(Comparator.comparing(Injection::at)).toList();
    }

    private void run(Lane lane, Function<Schedule, @Nullable Fault> choice, Predicate<Schedule> goesOn) {
        var schedule = new Schedule(lane, seed);
        LockSupport.parkNanos(lane.pause().toNanos());
        while (goesOn.test(schedule)) {
            var fault = choice.apply(schedule);
            if (fault == null) {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            } else {
                come(fault, schedule);
                LockSupport.parkNanos(lane.pause().toNanos());
            }
        }
    }

    private void come(Fault fault, Schedule schedule) {
        var injection = injector.inject(fault);
        if (!injection.happened()) {
            schedule.missed(fault);
        }
        injections.add(injection);
        told.accept(injection);
    }
}
