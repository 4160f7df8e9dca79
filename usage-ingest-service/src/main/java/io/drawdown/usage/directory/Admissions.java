package io.drawdown.usage.directory;

import io.drawdown.usage.domain.Admission;
import java.time.Clock;
import java.time.Duration;

/** Makes the judges: one for callers who wait for themselves only, and one for each thread that others wait behind. */
public final class Admissions {

    /** A gate's thread waits at most a quarter of its time for unknown names. */
    private static final int GATE_REST_FACTOR = 3;

    private final Admission admission;
    private final ChangeSignal changes;
    private final Clock clock;
    private final Duration grace;

    Admissions(Admission admission, ChangeSignal changes, Clock clock, Duration grace) {
        this.admission = admission;
        this.changes = changes;
        this.clock = clock;
        this.grace = grace;
    }

    /** For a request: whoever sends an unknown name waits. */
    public PatientAdmission forRequests() {
        return new PatientAdmission(admission, changes, clock, grace, 0);
    }

    /** For what has waited already: nobody waits for a name that is unknown. */
    public PatientAdmission atOnce() {
        return new PatientAdmission(admission, changes, clock, Duration.ZERO, 0);
    }

    /** For one partition's records, which stand in line. */
    public PatientAdmission forQueue() {
        return new PatientAdmission(admission, changes, clock, grace, GATE_REST_FACTOR);
    }
}
