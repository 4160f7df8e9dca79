package io.drawdown.chaos.fault;

import io.drawdown.chaos.agent.CrashPoint;
import io.drawdown.chaos.agent.Step;
import io.drawdown.chaos.platform.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Faults that come one after the other, while those of the other lanes come at the same time. */
public enum Lane {
    LEDGER(Service.WALLET, new CrashPoint(Step.COMMIT, CrashPoint.Moment.BEFORE), Duration.ofSeconds(2)),
    /** The gate that stands still after it has forwarded tries to send that when it wakes up, and is fenced by then. */
    GATE(Service.USAGE_INGEST, new CrashPoint(Step.FORWARD, CrashPoint.Moment.AFTER), Duration.ofSeconds(2)),
    GROUND(null, null, Duration.ofSeconds(30));

    /** Longer than the six seconds after which a silent member loses its partitions, by what a successor needs to work on them. */
    private static final Duration STANDSTILL = Duration.ofSeconds(12);

    private static final int MOST_PASSES = 5;

    private final @Nullable Service service;
    private final @Nullable CrashPoint standsStillAt;
    private final Duration pause;

    /** @param standsStillAt where a zombie has still something to do, besides one that stands still anywhere */
    Lane(@Nullable Service service, @Nullable CrashPoint standsStillAt, Duration pause) {
        this.service = service;
        this.standsStillAt = standsStillAt;
        this.pause = pause;
    }

    /** How long nothing goes wrong in this lane between two faults. */
    public Duration pause() {
        return pause;
    }

    /** Each of its faults once. */
    List<Fault> faults(Random random) {
        return service == null || standsStillAt == null ? groundFaults() : faultsOf(service, standsStillAt, random);
    }

    private static List<Fault> groundFaults() {
        return List.of(new Fault.PostgresCrash(), new Fault.Kill("kafka"), new Fault.Kill("billing-sync"));
    }

    private static List<Fault> faultsOf(Service broken, CrashPoint standsStillAt, Random random) {
        var faults = new ArrayList<Fault>();
        CrashPoint.all().stream()
                .filter(point -> point.step().service().equals(broken.processName()))
                .forEach(point -> faults.add(new Fault.Crash(point, 1 + random.nextInt(MOST_PASSES))));
        broken.instances().forEach(process -> {
            faults.add(new Fault.Kill(process));
            faults.add(new Fault.Zombie(process, null, STANDSTILL, false));
        });
        faults.add(new Fault.Zombie(broken.processName(), standsStillAt, STANDSTILL, false));
        faults.add(new Fault.Zombie(broken.processName(), standsStillAt, STANDSTILL, true));
        return faults;
    }
}
