package io.drawdown.chaos.fault;

import io.drawdown.chaos.agent.CrashPoint;
import io.drawdown.chaos.agent.Effect;
import io.drawdown.chaos.agent.Step;
import io.drawdown.chaos.platform.ChaosPlatform;
import io.drawdown.chaos.platform.Service;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Brings faults about, one after the other. */
public final class Injector {

    private static final String POSTGRES = "postgres";
    private static final List<String> GROUND = List.of(POSTGRES, "kafka");
    private static final Duration UNTIL_REACHED = Duration.ofSeconds(60);
    /** For what a zombie has still to write, and less than a commit takes to come. */
    private static final Duration UNTIL_WRITTEN = Duration.ofMillis(200);

    private static final Duration UNTIL_READY = Duration.ofMinutes(5);
    private static final long LOOK_EVERY_NANOS = 20_000_000;

    private final ChaosPlatform platform;
    private final long begun = System.nanoTime();

    public Injector(ChaosPlatform platform) {
        this.platform = platform;
    }

    /** Whether there is now what a fault needs: somebody whom it can hit, and, where it takes one, a successor. */
    public boolean canCome(Fault fault) {
        return switch (fault) {
            case Fault.Crash(CrashPoint point, int _)
            when point.step() == Step.RECALL -> platform.areReady(instancesOf(point.step()));
            case Fault.Crash(CrashPoint point, int _) -> isAnyReady(instancesOf(point.step()));
            case Fault.Kill(String process) -> platform.areReady(List.of(process));
            case Fault.PostgresCrash _ -> platform.areReady(List.of(POSTGRES));
            // Without a successor nobody takes over what the zombie believes to have.
            case Fault.Zombie zombie -> platform.areReady(Service.instancesBeside(zombie.process()));
        };
    }

    private boolean isAnyReady(List<String> instances) {
        return instances.stream().anyMatch(name -> platform.areReady(List.of(name)));
    }

    /** Brings a fault about when it can come; returns when it has come or can no longer be expected to. */
    public Injection inject(Fault fault) {
        if (!await(() -> canCome(fault), UNTIL_READY)) {
            return new Injection(
                    since(), fault, Injection.Outcome.NOT_TRIED, "nobody was ready for it within " + UNTIL_READY);
        }
        return switch (fault) {
            case Fault.Crash crash -> crash(crash);
            case Fault.Kill(String process) -> {
                platform.kill(process);
                yield happened(fault, process);
            }
            case Fault.PostgresCrash _ -> {
                platform.crashPostgres();
                yield happened(fault, POSTGRES);
            }
            case Fault.Zombie zombie ->
                zombie.point() == null ? standStill(zombie) : standStillAt(zombie, zombie.point());
        };
    }

    private Injection standStill(Fault.Zombie zombie) {
        platform.pause(zombie.process());
        return wakeLater(zombie);
    }

    private Injection standStillAt(Fault.Zombie zombie, CrashPoint point) {
        var needed = new Attendance(() -> canCome(zombie) && platform.areReady(GROUND));
        platform.arm(zombie.process(), point, 1, Effect.STANDS_STILL);
        if (!await(needed.during(() -> !platform.isArmed(zombie.process())), UNTIL_REACHED)) {
            platform.disarm(zombie.process());
            return notReached(zombie, needed);
        }
        return wakeLater(zombie);
    }

    private Injection wakeLater(Fault.Zombie zombie) {
        LockSupport.parkNanos(zombie.pause().toNanos());
        platform.resume(zombie.process());
        if (!zombie.successorDies()) {
            return happened(zombie, zombie.process());
        }
        LockSupport.parkNanos(UNTIL_WRITTEN.toNanos());
        var successor = successorOf(zombie.process());
        platform.kill(successor);
        return happened(zombie, zombie.process() + ", then " + successor);
    }

    private static String successorOf(String process) {
        return Service.instancesBeside(process).stream()
                .filter(name -> !name.equals(process))
                .findFirst()
                .orElseThrow();
    }

    /** Both instances are armed, and the first that gets there ends. */
    private Injection crash(Fault.Crash crash) {
        var instances = instancesOf(crash.point().step());
        var needed = new Attendance(() -> isAnyReady(instances) && platform.areReady(GROUND));
        instances.forEach(name -> platform.arm(name, crash.point(), passOf(crash), Effect.ENDS));
        if (crash.point().step() == Step.RECALL) {
            platform.kill(instances.getFirst()); // Its partitions have to move for the past to be recalled.
        }
        await(needed.during(() -> instances.stream().anyMatch(name -> !platform.isArmed(name))), UNTIL_REACHED);
        var hit = instances.stream().filter(name -> !platform.isArmed(name)).toList();
        instances.forEach(platform::disarm);
        return hit.isEmpty() ? notReached(crash, needed) : happened(crash, String.join(" and ", hit));
    }

    /** The past is recalled once for each partition, so the first time is certain; what was parked is tried every few seconds. */
    private static int passOf(Fault.Crash crash) {
        return switch (crash.point().step()) {
            case RECALL, PARKED -> 1;
            default -> crash.pass();
        };
    }

    private static List<String> instancesOf(Step step) {
        return Stream.of(Service.values())
                .filter(service -> service.processName().equals(step.service()))
                .flatMap(service -> service.instances().stream())
                .toList();
    }

    /**
     * What it takes may have been away for a while, on a slow machine for most of the time: then the step has not been tried. Where the past
     * is recalled one instance was killed for it, and has to be back in the end.
     */
    private Injection notReached(Fault fault, Attendance needed) {
        var outcome = needed.isWhole() && canCome(fault) && platform.areReady(GROUND)
                ? Injection.Outcome.NOT_REACHED
                : Injection.Outcome.NOT_TRIED;
        return new Injection(since(), fault, outcome, "not reached");
    }

    private Injection happened(Fault fault, String detail) {
        return new Injection(since(), fault, Injection.Outcome.CAME, detail);
    }

    private Duration since() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Whether it came to hold in that time. */
    private static boolean await(BooleanSupplier condition, Duration limit) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return true;
    }
}
