package io.drawdown.usage.domain;

import org.jspecify.annotations.Nullable;

/** The form that every correction has, over whichever way it came. */
public final class CorrectionForm {

    public static final int REASON_LENGTH_MAX = 1_000;

    private CorrectionForm() {}

    /** @return null when the form is right */
    public static Verdict.@Nullable Refused refusalOf(Correction correction) {
        var refusal = UsageForm.attribute("id", correction.id());
        refusal = refusal != null ? refusal : UsageForm.attribute("accountId", correction.accountId());
        refusal = refusal != null ? refusal : UsageForm.attribute("usageSource", correction.usageSource());
        refusal = refusal != null ? refusal : UsageForm.attribute("usageId", correction.usageId());
        refusal = refusal != null ? refusal : UsageForm.attribute("requestedBy", correction.requestedBy());
        refusal = refusal != null ? refusal : reason(correction.reason());
        refusal = refusal != null ? refusal : value(correction.replacement());
        return refusal != null ? refusal : dimensions(correction.replacement());
    }

    private static Verdict.@Nullable Refused reason(String reason) {
        if (reason.isBlank() || reason.length() > REASON_LENGTH_MAX || reason.indexOf(0) >= 0) {
            return UsageForm.malformed("reason has " + reason.length() + " characters; 1 to " + REASON_LENGTH_MAX
                    + " are needed that say why, none of them U+0000");
        }
        return UsageForm.isWellFormed(reason) ? null : UsageForm.malformed("reason" + UsageForm.HALF_A_PAIR);
    }

    /** As of a member of an event's data: whether it is a quantity, only its meter tells. */
    private static Verdict.@Nullable Refused value(Correction.@Nullable Replacement replacement) {
        var value = replacement == null ? "" : replacement.value();
        if (value.length() > UsageForm.DATA_VALUE_LENGTH_MAX || value.indexOf(0) >= 0) {
            return UsageForm.malformed("the replacement's value has " + value.length() + " characters; at most "
                    + UsageForm.DATA_VALUE_LENGTH_MAX + " are allowed, none of them U+0000");
        }
        return UsageForm.isWellFormed(value)
                ? null
                : UsageForm.malformed("the replacement's value" + UsageForm.HALF_A_PAIR);
    }

    private static Verdict.@Nullable Refused dimensions(Correction.@Nullable Replacement replacement) {
        return replacement == null || replacement.dimensions() == null
                ? null
                : UsageForm.data(replacement.dimensions());
    }
}
