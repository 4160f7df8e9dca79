package io.drawdown.chaos.fault;

import io.drawdown.chaos.agent.CrashPoint;
import io.drawdown.chaos.platform.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Faults that come one after the other, while those of the other lanes come at the same time. */
public enum Lane {
    LEDGER(Service.WALLET, List.of("wallet", "wallet-2"), Duration.ofSeconds(2)),
    GATE(Service.USAGE_INGEST, List.of("usage-ingest"), Duration.ofSeconds(2)),
    GROUND(null, List.of(), Duration.ofSeconds(30));

    /** Longer than the six seconds after which a silent member loses its partitions. */
    private static final Duration STANDSTILL = Duration.ofSeconds(9);

    private static final int MOST_PASSES = 5;

    private final @Nullable Service service;
    private final List<String> paused;
    private final Duration pause;

    Lane(@Nullable Service service, List<String> paused, Duration pause) {
        this.service = service;
        this.paused = paused;
        this.pause = pause;
    }

    /** How long nothing goes wrong in this lane between two faults. */
    public Duration pause() {
        return pause;
    }

    /** Each of its faults once. */
    List<Fault> faults(Random random) {
        return service == null ? groundFaults() : faultsOf(service, random);
    }

    private static List<Fault> groundFaults() {
        return List.of(new Fault.PostgresCrash(), new Fault.Kill("kafka"), new Fault.Kill("billing-sync"));
    }

    private List<Fault> faultsOf(Service broken, Random random) {
        var faults = new ArrayList<Fault>();
        CrashPoint.all().stream()
                .filter(point -> point.step().service().equals(broken.processName()))
                .forEach(point -> faults.add(new Fault.Crash(point, 1 + random.nextInt(MOST_PASSES))));
        broken.instances().forEach(process -> faults.add(new Fault.Kill(process)));
        paused.forEach(process -> faults.add(new Fault.Zombie(process, STANDSTILL)));
        return faults;
    }
}
