package io.drawdown.usage.gate;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.VoidedText;
import io.drawdown.usage.directory.PatientAdmission;
import io.drawdown.usage.domain.Claim;
import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.CorrectionForm;
import io.drawdown.usage.domain.CorrectionRules;
import io.drawdown.usage.domain.CorrectionVerdict;
import io.drawdown.usage.domain.CorrectionVerdict.Corrected;
import io.drawdown.usage.domain.KnownMeter.Counting;
import io.drawdown.usage.domain.Measure;
import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.gate.GateState.LastCorrection;
import io.drawdown.usage.gate.GateState.Text;
import io.drawdown.usage.wire.CorrectionRecords;
import io.drawdown.usage.wire.Rejections.Names;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A correction at a position. What it corrects is read from usage.accepted.v1: rare enough, and then it is what was accepted,
 * whatever the catalogue says by now.
 */
final class CorrectionMatter implements Matter {

    private final Arrival arrival;
    private final Correction correction;
    private final CorrectionRules rules;
    private final PatientAdmission admission;
    private final Placement placement;
    private final GateState state;
    private final PastRecords past;

    CorrectionMatter(
            Arrival arrival,
            Correction correction,
            CorrectionRules rules,
            PatientAdmission admission,
            Placement placement,
            GateState state,
            PastRecords past) {
        this.arrival = arrival;
        this.correction = correction;
        this.rules = rules;
        this.admission = admission;
        this.placement = placement;
        this.state = state;
        this.past = past;
    }

    @Override
    public Bytes key() {
        return state.correctionKey(correction);
    }

    @Override
    public Names names() {
        return Names.of(correction);
    }

    @Override
    public Outcome outcome() {
        var refusal = CorrectionForm.refusalOf(correction);
        refusal = refusal != null
                ? refusal
                : placement.refusalOf(
                        correction.accountId(),
                        arrival.key(),
                        arrival.position().partition());
        return refusal == null ? find() : new Outcome.Refused(refusal);
    }

    private Outcome find() {
        var usageKey = state.usageKey(correction);
        long claimedBy = state.claimedBy(usageKey, arrival.storedAt());
        // A later claim is known only to a run that reads again: at this position there was none.
        if (claimedBy == Claim.NONE || claimedBy > offset()) {
            return refused(CorrectionRules.unknownUsage(correction));
        }
        var last = state.lastCorrection(usageKey, offset(), arrival.storedAt());
        if (last != null && last.isVoid()) {
            return refused(CorrectionRules.voidedAlready(correction));
        }
        return past.sentFor(partition(), claimedBy) instanceof UsageAccepted usage
                ? judge(usage, last)
                : refused(CorrectionRules.unknownUsage(correction));
    }

    private Outcome judge(UsageAccepted usage, @Nullable LastCorrection last) {
        var accepted = new Measure(usage.getValue(), usage.getOccurredAt(), usage.getDimensions());
        var current = last == null ? accepted : after(last);
        if (current == null) {
            return refused(CorrectionRules.unknownUsage(correction));
        }
        return switch (rules.judge(correction, accepted, current, counting(usage), arrival.storedAt())) {
            case CorrectionVerdict.Refused(Verdict.Refused refusal) -> refused(refusal);
            case Corrected corrected -> {
                var text = Text.of(usage);
                yield text == null ? sent(usage, corrected, null) : voidText(usage, text);
            }
        };
    }

    private @Nullable Measure after(LastCorrection last) {
        return past.sentFor(partition(), last.offset()) instanceof UsageCorrected corrected
                        && corrected.getAfter() != null
                ? CorrectionRecords.measure(corrected.getAfter())
                : null;
    }

    private @Nullable Counting counting(UsageAccepted usage) {
        return usage.getText() == null ? admission.counting(usage.getMeterId()) : Counting.BY_TEXT;
    }

    /** Takes one of a text's usages away: what stands for the text in the sums stays until the last has gone. */
    private Outcome voidText(UsageAccepted usage, Text text) {
        var uses = state.uses(text, offset());
        var voided = new VoidedText(
                usage.getId(),
                usage.getSource(),
                usage.getSourceOffset(),
                text.text(),
                usage.getOccurredAt(),
                usage.getDimensions());
        var isLast = uses.voided().isNew();
        var named = isLast ? bearer(usage, uses.bearer()) : usage;
        if (named == null || rules.isShut(named.getOccurredAt(), arrival.storedAt())) {
            return refused(CorrectionRules.textTooOld(correction));
        }
        var before = new Measure(named.getValue(), named.getOccurredAt(), named.getDimensions());
        boolean stays = !isLast && uses.bearer() == usage.getSourceOffset();
        return sent(named, new Corrected(before, stays ? before : null), voided);
    }

    private @Nullable UsageAccepted bearer(UsageAccepted usage, long bearer) {
        if (bearer == usage.getSourceOffset()) {
            return usage;
        }
        return past.sentFor(partition(), bearer) instanceof UsageAccepted accepted ? accepted : null;
    }

    private Outcome sent(UsageAccepted usage, Corrected corrected, @Nullable VoidedText voided) {
        return new Outcome.Sent(new UsageCorrected(
                correction.id(),
                correction.accountId(),
                usage.getMeterId(),
                usage.getId(),
                usage.getSource(),
                usage.getSourceOffset(),
                CorrectionRecords.measure(corrected.before()),
                CorrectionRecords.measure(corrected.after()),
                correction.reason(),
                correction.requestedBy(),
                arrival.storedAt(),
                partition(),
                offset(),
                voided,
                usage.getTimeZone()));
    }

    private static Outcome refused(Verdict.Refused refusal) {
        return new Outcome.Refused(refusal);
    }

    private int partition() {
        return arrival.position().partition();
    }

    private long offset() {
        return arrival.position().offset();
    }
}
