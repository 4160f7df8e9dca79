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
import java.util.function.Predicate;

/** All lanes at once, for a time. */
public final class Breakage {

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
        return run(_ -> System.nanoTime() < end);
    }

    /** Returns when every fault has come once, or after that time; what came, in the order of time. */
    public List<Injection> untilEachHasCome(Duration atMost) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        return run(schedule -> !schedule.isThrough() && System.nanoTime() < end);
    }

    private List<Injection> run(Predicate<Schedule> goesOn) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var lane : Lane.values()) {
            threads.add(Thread.ofPlatform().name("lane-" + lane).daemon().start(() -> run(lane, goesOn)));
        }
        for (var thread : threads) {
            thread.join();
        }
        return injections.stream().sorted(Comparator.comparing(Injection::at)).toList();
    }

    private void run(Lane lane, Predicate<Schedule> goesOn) {
        var schedule = new Schedule(lane, seed);
        LockSupport.parkNanos(lane.pause().toNanos());
        while (goesOn.test(schedule)) {
            var injection = injector.inject(schedule.next());
            if (!injection.happened()) {
                schedule.missed(injection.fault());
            }
            injections.add(injection);
            told.accept(injection);
            LockSupport.parkNanos(lane.pause().toNanos());
        }
    }
}
