package io.drawdown.chaos.fault;

import io.drawdown.chaos.agent.CrashPoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One thing that goes wrong. */
public sealed interface Fault {

    /** What it is called in reports; faults of one name are counted together. */
    String name();

    /**
     * An instance of the point's service ends there.
     *
     * @param pass the how-manieth time the point is reached
     */
    record Crash(CrashPoint point, int pass) implements Fault {
        @Override
        public String name() {
            return point.step().service() + " ends " + point;
        }
    }

    /** A process is killed wherever it is. */
    record Kill(String process) implements Fault {
        @Override
        public String name() {
            return process + " is killed";
        }
    }

    /** PostgreSQL is gone and recovers from its log. */
    record PostgresCrash() implements Fault {
        @Override
        public String name() {
            return "postgres crashes";
        }
    }

    /**
     * A process stands still for longer than its group waits for it, then goes on as if nothing had happened.
     *
     * @param point where it stands still; null for anywhere
     * @param successorDies whether the other instance is killed when this one has gone on, and has written what it still had:
     *     who takes over then finds that behind what the other one wrote
     */
    record Zombie(String process, @Nullable CrashPoint point, Duration pause, boolean successorDies) implements Fault {
        @Override
        public String name() {
            return process + " stands still" + (point == null ? "" : " " + point)
                    + (successorDies ? ", its successor dies" : "");
        }
    }
}
