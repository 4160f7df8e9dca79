package io.drawdown.usage.rejected;

import io.drawdown.usage.directory.PatientAdmission;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Replays by itself what waited for its account.
 *
 * <p>It looks at the subjects that events wait for, again and again, instead of listening for accounts: so neither a restart
 * nor a refusal that is stored a moment after its account appeared is overlooked. Two instances may replay the same event:
 * it counts once.
 */
final class ParkedEvents {

    private static final String BY = "usage-ingest-service";
    private static final int SUBJECTS_AT_ONCE = 1_000;
    private static final int EVENTS_AT_ONCE = 500;

    private final RejectedEvents events;
    private final Replay replay;
    private final PatientAdmission admission;

    /** Where the next round begins: behind the subject that failed, so that it holds up nobody for long. */
    private String behind = "";

    ParkedEvents(RejectedEvents events, Replay replay, PatientAdmission admission) {
        this.events = events;
        this.replay = replay;
        this.admission = admission;
    }

    /** A failure ends the round, as the log may be away and each further one would be held up for seconds. */
    @Scheduled(fixedDelayString = "PT2S")
    void replayWhatIsKnownNow() {
        var after = behind;
        behind = "";
        var subjects = events.parkedSubjects(after, SUBJECTS_AT_ONCE);
        while (!subjects.isEmpty()) {
            subjects.stream()
                    .filter(subject -> admission.account(subject) != null)
                    .forEach(this::replayOrPass);
            subjects = events.parkedSubjects(subjects.getLast(), SUBJECTS_AT_ONCE);
        }
    }

    private void replayOrPass(String subject) {
        try {
            replayAll(subject);
        } catch (RuntimeException e) {
            behind = subject;
            throw e;
        }
    }

    /**
     * Each turn leaves fewer waiting: an event is either sent or left to a person. What the registry has forgotten stays until
     * the next round.
     */
    private void replayAll(String subject) {
        List<RejectedEvent> parked;
        do {
            parked = events.parked(subject, EVENTS_AT_ONCE);
        } while (!parked.isEmpty() && replay.sendAll(parked, BY));
    }
}
