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
    LEDGER(Service.WALLET, Step.COMMIT, Duration.ofSeconds(2)),
    /** The gate that stands still before it forwards has that to send, and what it has fetched besides, when it wakes up. */
    GATE(Service.USAGE_INGEST, Step.FORWARD, Duration.ofSeconds(2)),
    GROUND(null, null, Duration.ofSeconds(30));

    /** Longer than the six seconds after which a silent member loses its partitions, by what a successor needs to work on them. */
    private static final Duration STANDSTILL = Duration.ofSeconds(12);

    private static final int MOST_PASSES = 5;

    private final @Nullable Service service;
    private final @Nullable Step standsStillBefore;
    private final Duration pause;

    /** @param standsStillBefore what a zombie has still to do, besides one that stands still anywhere */
    Lane(@Nullable Service service, @Nullable Step standsStillBefore, Duration pause) {
        this.service = service;
        this.standsStillBefore = standsStillBefore;
        this.pause = pause;
    }

    /** How long nothing goes wrong in this lane between two faults. */
    public Duration pause() {
        return pause;
    }

    /** Each of its faults once. */
    List<Fault> faults(Random random) {
        return service == null || standsStillBefore == null
                ? groundFaults()
                : faultsOf(service, standsStillBefore, random);
    }

    private static List<Fault> groundFaults() {
        return List.of(new Fault.PostgresCrash(), new Fault.Kill("kafka"), new Fault.Kill("billing-sync"));
    }

    private static List<Fault> faultsOf(Service broken, Step standsStillBefore, Random random) {
        var faults = new ArrayList<Fault>();
        CrashPoint.all().stream()
                .filter(point -> point.step().service().equals(broken.processName()))
                .forEach(point -> faults.add(new Fault.Crash(point, 1 + random.nextInt(MOST_PASSES))));
        broken.instances().forEach(process -> {
            faults.add(new Fault.Kill(process));
            faults.add(new Fault.Zombie(process, null, STANDSTILL, false));
        });
        var point = new CrashPoint(standsStillBefore, CrashPoint.Moment.BEFORE);
        faults.add(new Fault.Zombie(broken.processName(), point, STANDSTILL, false));
        faults.add(new Fault.Zombie(broken.processName(), point, STANDSTILL, true));
        return faults;
    }
}
