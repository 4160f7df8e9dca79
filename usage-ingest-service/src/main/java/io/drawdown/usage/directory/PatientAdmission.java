package io.drawdown.usage.directory;

import io.drawdown.usage.domain.Admission;
import io.drawdown.usage.domain.KnownAccount;
import io.drawdown.usage.domain.KnownMeter.Counting;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Judges, and looks again for a short while when an account or meter is unknown: it may have been created just before
 * the event was sent, and be on its way here. A meter that is here and switched off is not waited for.
 *
 * <p>The wait ends {@code grace} after the event's arrival. So a backlog is judged without waiting, and of a stream of
 * unknown names each event is late by at most the grace, while throughput stays.
 */
public final class PatientAdmission {

    private final Admission admission;
    private final ChangeSignal changes;
    private final Patience patience;

    /** @param restFactor as {@link Patience} has it */
    PatientAdmission(Admission admission, ChangeSignal changes, Clock clock, Duration grace, int restFactor) {
        this.admission = admission;
        this.changes = changes;
        this.patience = new Patience(clock, grace, restFactor);
    }

    /** As {@link Admission#judge}; may block for the grace when the verdict would be "unknown". */
    public Verdict judge(Usage usage, Instant arrivedAt) {
        long seen = changes.count();
        var verdict = admission.judge(usage, arrivedAt);
        if (!isUnknown(verdict)) {
            return verdict;
        }
        if (isOfMeter(verdict) && admission.knowsMeterOf(usage)) {
            return admission.judge(usage, arrivedAt); // It may have come behind the first look.
        }
        long budget = patience.nanosFor(arrivedAt);
        return budget <= 0 ? verdict : judgeAgain(usage, arrivedAt, verdict, seen, budget);
    }

    /** @return whom a subject names at this moment; null when nobody */
    public @Nullable KnownAccount account(String subject) {
        return admission.account(subject);
    }

    /** @return how a meter reads events; null when there is no such meter */
    public @Nullable Counting counting(String meterId) {
        return admission.counting(meterId);
    }

    private Verdict judgeAgain(Usage usage, Instant arrivedAt, Verdict first, long firstSeen, long budgetNanos) {
        long begun = System.nanoTime();
        var verdict = first;
        long seen = firstSeen;
        while (isUnknown(verdict) && changes.awaitBeyond(seen, budgetNanos - (System.nanoTime() - begun))) {
            seen = changes.count();
            verdict = admission.judge(usage, arrivedAt);
        }
        patience.restAfter(begun);
        return verdict;
    }

    private static boolean isUnknown(Verdict verdict) {
        return isOf(Reason.UNKNOWN_ACCOUNT, verdict) || isOfMeter(verdict);
    }

    private static boolean isOfMeter(Verdict verdict) {
        return isOf(Reason.UNKNOWN_METER, verdict);
    }

    private static boolean isOf(Reason reason, Verdict verdict) {
        return verdict instanceof Verdict.Refused refused && refused.reason() == reason;
    }
}
