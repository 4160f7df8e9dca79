package io.drawdown.local.supervisor;

import io.drawdown.local.process.Identity;
import io.drawdown.local.process.StopSignal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run file says about one process.
 *
 * @param name the process
 * @param pid its id; while it is backing off, the id it had
 * @param startedAt when it was started last
 * @param identity its start as the system tells it, see {@link Identity}
 * @param state what it is doing
 * @param healthy whether the last check found it ready
 * @param restarts how many times it was started again since the platform came up
 * @param port its main port; 0 for none
 * @param rank 0 for what needs nothing; higher ranks are stopped first
 * @param stopSignal how it is asked to stop
 * @param log where its output goes
 * @param lastFailure why it last died or failed to start; null when it never did
 */
public record RunRecord(
        String name,
        long pid,
        Instant startedAt,
        String identity,
        State state,
        boolean healthy,
        int restarts,
        int port,
        int rank,
        StopSignal stopSignal,
        String log,
        @Nullable String lastFailure) {

    /** The process that was meant, whether or not it still runs. */
    public Identity process() {
        return new Identity(pid, identity);
    }

    /** Whether exactly this process still runs. */
    public boolean isAlive() {
        return process().isAlive();
    }

    RunRecord in(State newState, boolean nowHealthy) {
        return new RunRecord(
                name,
                pid,
                startedAt,
                identity,
                newState,
                nowHealthy,
                restarts,
                port,
                rank,
                stopSignal,
                log,
                lastFailure);
    }

    RunRecord failed(String reason) {
        return new RunRecord(
                name,
                pid,
                startedAt,
                identity,
                State.BACKING_OFF,
                false,
                restarts,
                port,
                rank,
                stopSignal,
                log,
                reason);
    }
}
