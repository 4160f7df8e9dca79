package io.drawdown.local.supervisor;

import io.drawdown.local.process.Termination;
import java.time.Duration;
import java.util.List;

/** Cleans up after a supervisor that was killed: stops what its run files name, and only that. */
public final class Leftovers {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Leftovers() {}

    /**
     * Stops every process that a run file names and that still runs, the highest rank first, and removes the files.
     *
     * @return the names of those that ran
     */
    public static List<String> stop(RunFiles runFiles) throws InterruptedException {
        var records = runFiles.processes();
        var alive = records.stream().filter(RunRecord::isAlive).toList();
        for (var process : alive) {
            Termination.end(process.process(), process.stopSignal(), LIMIT);
        }
        records.forEach(process -> runFiles.remove(process.name()));
        runFiles.supervisor().ifPresentOrElse(running -> {}, () -> runFiles.remove(RunFiles.SUPERVISOR));
        return alive.stream().map(RunRecord::name).toList();
    }
}
