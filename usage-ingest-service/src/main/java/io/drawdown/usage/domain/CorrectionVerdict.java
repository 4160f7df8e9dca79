package io.drawdown.usage.domain;

import org.jspecify.annotations.Nullable;

/** What becomes of a correction. */
public sealed interface CorrectionVerdict {

    /**
     * It counts.
     *
     * @param before what counted until now
     * @param after what counts from now on; null when the usage is void
     */
    record Corrected(Measure before, @Nullable Measure after) implements CorrectionVerdict {}

    /** It does not count. */
    record Refused(Verdict.Refused refusal) implements CorrectionVerdict {}
}
