package io.drawdown.usage.domain;

import io.drawdown.usage.domain.Correction.Replacement;
import io.drawdown.usage.domain.CorrectionVerdict.Corrected;
import io.drawdown.usage.domain.KnownMeter.Counting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Judges corrections. Whether the account is closed or the meter was switched off since does not matter: what was used
 * was used, and may be put right.
 */
public final class CorrectionRules {

    private final AcceptanceWindow window;

    public CorrectionRules(AcceptanceWindow window) {
        this.window = window;
    }

    /**
     * Judges a correction of usage that was accepted and is not void.
     *
     * @param accepted the usage as it was accepted
     * @param current what counts of it now
     * @param counting how its meter reads an event; null when the meter is not known
     * @param arrivedAt when the correction was stored in the log
     */
    public CorrectionVerdict judge(
            Correction correction, Measure accepted, Measure current, @Nullable Counting counting, Instant arrivedAt) {
        for (var measure : new Measure[] {accepted, current}) {
            if (isShut(measure.occurredAt(), arrivedAt)) {
                return refused(
                        Reason.TOO_OLD,
                        "the usage occurred at " + measure.occurredAt()
                                + ", which is too long before " + arrivedAt
                                + " to be corrected: its window is shut; grant credit instead");
            }
        }
        var replacement = correction.replacement();
        return replacement == null
                ? new Corrected(current, null)
                : replace(replacement, accepted, current, counting, arrivedAt);
    }

    /** Whether what occurred then can no longer be corrected. */
    public boolean isShut(Instant occurredAt, Instant arrivedAt) {
        return window.isTooLate(occurredAt, arrivedAt);
    }

    private CorrectionVerdict replace(
            Replacement replacement,
            Measure accepted,
            Measure current,
            @Nullable Counting counting,
            Instant arrivedAt) {
        var occurredAt = replacement.occurredAt() == null ? accepted.occurredAt() : replacement.occurredAt();
        var outside = window.refusalOf(occurredAt, arrivedAt);
        if (outside != null) {
            return new CorrectionVerdict.Refused(outside);
        }
        var dimensions = replacement.dimensions() == null ? accepted.dimensions() : replacement.dimensions();
        return switch (counting) {
            case ONE_EACH -> new Corrected(current, new Measure(accepted.value(), occurredAt, dimensions));
            case BY_VALUE -> {
                var value = Quantity.plain(replacement.value());
                yield value == null
                        ? badValue(replacement.value())
                        : new Corrected(current, new Measure(value, occurredAt, dimensions));
            }
            case BY_TEXT ->
                refused(
                        Reason.NOT_REPLACEABLE,
                        "usage of a meter that counts unique texts can only be voided: void it, and send the right one"
                                + " under a new id");
            case UNKNOWN ->
                refused(
                        Reason.UNKNOWN_METER,
                        "the meter aggregates in a way that this version does not know: update"
                                + " usage-ingest-service, then replay the correction");
            case null ->
                refused(Reason.UNKNOWN_METER, "the usage's meter is gone from the catalogue: the usage can be voided");
        };
    }

    /** @return what is answered when nothing was accepted under that account, source and id */
    public static Verdict.Refused unknownUsage(Correction correction) {
        return new Verdict.Refused(
                Reason.UNKNOWN_USAGE,
                "no usage with source " + Excerpt.of(correction.usageSource()) + " and id "
                        + Excerpt.of(correction.usageId()) + " was accepted of account "
                        + Excerpt.of(correction.accountId())
                        + " within the time in which usage can be corrected: see whether it was refused");
    }

    /** @return what is answered when what a text has counted would go with its last usage, and stands where nothing can be changed any more */
    public static Verdict.Refused textTooOld(Correction correction) {
        return new Verdict.Refused(
                Reason.TOO_OLD,
                "the usage " + Excerpt.of(correction.usageId())
                        + " is the last of its text, and an earlier one stands for the text in the sums, whose window is shut:"
                        + " grant credit instead");
    }

    /** @return what is answered when the usage is void */
    public static Verdict.Refused voidedAlready(Correction correction) {
        return new Verdict.Refused(
                Reason.VOIDED_ALREADY,
                "the usage " + Excerpt.of(correction.usageId())
                        + " is void already, which is final: send what was used under a new id");
    }

    private static CorrectionVerdict badValue(String text) {
        var reason = Quantity.isNumeral(text) ? Reason.VALUE_OUT_OF_RANGE : Reason.INVALID_VALUE;
        return refused(reason, "the replacement's value is " + Excerpt.of(text) + Quantity.WHAT_IS_RIGHT);
    }

    private static CorrectionVerdict refused(Reason reason, String detail) {
        return new CorrectionVerdict.Refused(new Verdict.Refused(reason, detail));
    }
}
