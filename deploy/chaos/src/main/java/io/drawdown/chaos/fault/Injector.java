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

    private static final Duration UNTIL_REACHED = Duration.ofSeconds(60);
    private static final Duration UNTIL_READY = Duration.ofMinutes(5);
    private static final long LOOK_EVERY_NANOS = 20_000_000;

    private final ChaosPlatform platform;
    private final long begun = System.nanoTime();

    public Injector(ChaosPlatform platform) {
        this.platform = platform;
    }

    /** Brings a fault about; returns when it has come or can no longer be expected to. */
    public Injection inject(Fault fault) {
        return switch (fault) {
            case Fault.Crash crash -> crash(crash);
            case Fault.Kill(String process) -> {
                awaitReady(process);
                platform.kill(process);
                yield happened(fault, process);
            }
            case Fault.PostgresCrash _ -> {
                awaitReady("postgres");
                platform.crashPostgres();
                yield happened(fault, "postgres");
            }
            case Fault.Zombie zombie -> {
                awaitASuccessor(zombie.process());
                yield zombie.point() == null ? standStill(zombie) : standStillAt(zombie, zombie.point());
            }
        };
    }

    /** Without one nobody takes over what the zombie believes to have. */
    private void awaitASuccessor(String process) {
        var instances = Service.instancesBeside(process);
        await(() -> platform.areReady(instances), UNTIL_READY);
    }

    private Injection standStill(Fault.Zombie zombie) {
        platform.pause(zombie.process());
        return wakeLater(zombie);
    }

    private Injection standStillAt(Fault.Zombie zombie, CrashPoint point) {
        platform.arm(zombie.process(), point, 1, Effect.STANDS_STILL);
        await(() -> !platform.isArmed(zombie.process()), UNTIL_REACHED);
        if (platform.isArmed(zombie.process())) {
            platform.disarm(zombie.process());
            return notReached(zombie);
        }
        return wakeLater(zombie);
    }

    private Injection wakeLater(Fault.Zombie zombie) {
        LockSupport.parkNanos(zombie.pause().toNanos());
        platform.resume(zombie.process());
        return happened(zombie, zombie.process());
    }

    /** Both instances are armed, and the first that gets there ends. */
    private Injection crash(Fault.Crash crash) {
        var instances = instancesOf(crash.point().step());
        await(() -> instances.stream().anyMatch(name -> platform.areReady(List.of(name))), UNTIL_READY);
        instances.forEach(name -> platform.arm(name, crash.point(), passOf(crash), Effect.ENDS));
        if (crash.point().step() == Step.RECALL) {
            platform.kill(instances.getFirst()); // Its partitions have to move for the past to be recalled.
        }
        await(() -> instances.stream().anyMatch(name -> !platform.isArmed(name)), UNTIL_REACHED);
        var hit = instances.stream().filter(name -> !platform.isArmed(name)).toList();
        instances.forEach(platform::disarm);
        return hit.isEmpty() ? notReached(crash) : happened(crash, String.join(" and ", hit));
    }

    /** The past is recalled once for each partition, so the first time is certain and the others are not. */
    private static int passOf(Fault.Crash crash) {
        return crash.point().step() == Step.RECALL ? 1 : crash.pass();
    }

    private static List<String> instancesOf(Step step) {
        return Stream.of(Service.values())
                .filter(service -> service.processName().equals(step.service()))
                .flatMap(service -> service.instances().stream())
                .toList();
    }

    private void awaitReady(String process) {
        await(() -> platform.areReady(List.of(process)), UNTIL_READY);
    }

    private Injection notReached(Fault fault) {
        return new Injection(since(), fault, false, "not reached");
    }

    private Injection happened(Fault fault, String detail) {
        return new Injection(since(), fault, true, detail);
    }

    private Duration since() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static void await(BooleanSupplier condition, Duration limit) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
