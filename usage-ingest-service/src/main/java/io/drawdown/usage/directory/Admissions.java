package io.drawdown.usage.directory;

import io.drawdown.usage.domain.Admission;
import java.time.Clock;
import java.time.Duration;

/** Gives the judges: those for callers who wait for themselves only, and the one for threads that others wait behind. */
public final class Admissions {

    /** A gate's thread waits at most a quarter of its time for unknown names. */
    private static final int GATE_REST_FACTOR = 3;

    private final Admission admission;
    private final ChangeSignal changes;
    private final Clock clock;
    private final Duration grace;
    private final PatientAdmission queue;

    Admissions(Admission admission, ChangeSignal changes, Clock clock, Duration grace) {
        this.admission = admission;
        this.changes = changes;
        this.clock = clock;
        this.grace = grace;
        this.queue = new PatientAdmission(admission, changes, clock, grace, GATE_REST_FACTOR);
    }

    /** For a request: whoever sends an unknown name waits. */
    public PatientAdmission forRequests() {
        return new PatientAdmission(admission, changes, clock, grace, 0);
    }

    /** For what has waited already: nobody waits for a name that is unknown. */
    public PatientAdmission atOnce() {
        return new PatientAdmission(admission, changes, clock, Duration.ZERO, 0);
    }

    /** For records that stand in line: the same judge for every partition, as those of one thread wait for each other. */
    public PatientAdmission forQueue() {
        return queue;
    }
}
