package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.domain.Correction.Replacement;
import io.drawdown.usage.domain.CorrectionVerdict.Corrected;
import io.drawdown.usage.domain.KnownMeter.Counting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorrectionRulesTest {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Duration LATE = Duration.ofDays(35);
    static final Measure ACCEPTED = new Measure("10", NOW.minusSeconds(60), Map.of("region", "eu"));
    static final Measure CURRENT = new Measure("7", NOW.minusSeconds(50), Map.of("region", "us"));

    final CorrectionRules rules = new CorrectionRules(new AcceptanceWindow(LATE, Duration.ofMinutes(5)));

    @Test
    void voidsWhatCountsNow() {
        assertThat(judge(null, Counting.BY_VALUE)).isEqualTo(new Corrected(CURRENT, null));
        assertThat(judge(null, null)).isEqualTo(new Corrected(CURRENT, null));
        assertThat(judge(null, Counting.BY_TEXT)).isEqualTo(new Corrected(CURRENT, null));
    }

    @Test
    void takesFromTheEventAsItWasAcceptedWhatAReplacementLeavesOpen() {
        assertThat(after(new Replacement("2.50", null, null), Counting.BY_VALUE))
                .isEqualTo(new Measure("2.50", ACCEPTED.occurredAt(), ACCEPTED.dimensions()));
    }

    @Test
    void takesValueTimeAndDimensionsFromTheReplacement() {
        var replacement = new Replacement("1e2", NOW.minusSeconds(5), Map.of());

        assertThat(after(replacement, Counting.BY_VALUE)).isEqualTo(new Measure("100", NOW.minusSeconds(5), Map.of()));
    }

    @Test
    void leavesACountingMetersValueAtOne() {
        assertThat(after(new Replacement("7", NOW, null), Counting.ONE_EACH).value())
                .isEqualTo(ACCEPTED.value());
    }

    @Test
    void holdsAReplacementToTheRulesOfUsage() {
        assertThat(reason(new Replacement("many", null, null), Counting.BY_VALUE))
                .isEqualTo(Reason.INVALID_VALUE);
        assertThat(reason(new Replacement("-1", null, null), Counting.BY_VALUE)).isEqualTo(Reason.VALUE_OUT_OF_RANGE);
        assertThat(reason(new Replacement("1", NOW.minus(LATE).minusMillis(1), null), Counting.BY_VALUE))
                .isEqualTo(Reason.TOO_OLD);
        assertThat(reason(new Replacement("1", NOW.plusSeconds(301), null), Counting.BY_VALUE))
                .isEqualTo(Reason.TOO_FAR_AHEAD);
    }

    @Test
    void replacesNeitherTextsNorTheUsageOfUnknownMeters() {
        assertThat(reason(new Replacement("bob", null, null), Counting.BY_TEXT)).isEqualTo(Reason.NOT_REPLACEABLE);
        assertThat(reason(new Replacement("1", null, null), Counting.UNKNOWN)).isEqualTo(Reason.UNKNOWN_METER);
        assertThat(reason(new Replacement("1", null, null), null)).isEqualTo(Reason.UNKNOWN_METER);
    }

    /** A balance may not change any more once the window is shut, neither of the first time nor of the present one. */
    @Test
    void correctsNothingOfAWindowThatIsShut() {
        var shut = new Measure("1", NOW.minus(LATE).minusMillis(1), Map.of());
        var open = new Measure("1", NOW.minus(LATE), Map.of());

        assertThat(refusal(rules.judge(correction(null), shut, CURRENT, Counting.BY_VALUE, NOW)))
                .isEqualTo(Reason.TOO_OLD);
        assertThat(refusal(rules.judge(correction(null), CURRENT, shut, Counting.BY_VALUE, NOW)))
                .isEqualTo(Reason.TOO_OLD);
        assertThat(rules.judge(correction(null), open, open, Counting.BY_VALUE, NOW))
                .isInstanceOf(Corrected.class);
    }

    static Stream<Correction> illFormed() {
        return Stream.of(
                new Correction("", "acc-1", "/lab", "evt-1", null, "why", "ann"),
                new Correction("cor-1", "", "/lab", "evt-1", null, "why", "ann"),
                new Correction("cor-1", "acc-1", "a\u0001", "evt-1", null, "why", "ann"),
                new Correction("cor-1", "acc-1", "/lab", "x".repeat(256), null, "why", "ann"),
                new Correction("cor-1", "acc-1", "/lab", "evt-1", null, " ", "ann"),
                new Correction("cor-1", "acc-1", "/lab", "evt-1", null, "y".repeat(1_001), "ann"),
                new Correction("cor-1", "acc-1", "/lab", "evt-1", null, "why", ""),
                new Correction(
                        "cor-1",
                        "acc-1",
                        "/lab",
                        "evt-1",
                        new Replacement("1", null, Map.of("k", "v".repeat(1_025))),
                        "why",
                        "ann"));
    }

    @ParameterizedTest
    @MethodSource("illFormed")
    void refusesABadForm(Correction correction) {
        assertThat(CorrectionForm.refusalOf(correction).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(CorrectionForm.refusalOf(correction(null))).isNull();
    }

    CorrectionVerdict judge(@Nullable Replacement replacement, @Nullable Counting counting) {
        return rules.judge(correction(replacement), ACCEPTED, CURRENT, counting, NOW);
    }

    Measure after(Replacement replacement, Counting counting) {
        return ((Corrected) judge(replacement, counting)).after();
    }

    Reason reason(Replacement replacement, @Nullable Counting counting) {
        return refusal(judge(replacement, counting));
    }

    static Reason refusal(CorrectionVerdict verdict) {
        return ((CorrectionVerdict.Refused) verdict).refusal().reason();
    }

    static Correction correction(@Nullable Replacement replacement) {
        return new Correction("cor-1", "acc-1", "/lab", "evt-1", replacement, "wrong unit", "ann");
    }
}
