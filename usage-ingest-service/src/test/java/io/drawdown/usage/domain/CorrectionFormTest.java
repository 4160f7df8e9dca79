package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.domain.Correction.Replacement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CorrectionFormTest {

    @Test
    void leavesItToTheMeterWhatAValueIs() {
        assertThat(refusal(null)).isNull();
        assertThat(refusal(new Replacement("many", null, Map.of("region", "eu"))))
                .isNull();
        assertThat(refusal(new Replacement("9".repeat(1_024), null, null))).isNull();
    }

    @Test
    void refusesAValueThatCannotBeKept() {
        assertThat(detail("9".repeat(1_025))).contains("1025 characters", "at most 1024");
        assertThat(detail("1\u0000")).contains("U+0000");
        assertThat(detail("1\ud800")).contains("half of a surrogate pair");
    }

    static String detail(String value) {
        return refusal(new Replacement(value, null, null)).detail();
    }

    static Verdict.@Nullable Refused refusal(@Nullable Replacement replacement) {
        return CorrectionForm.refusalOf(
                new Correction("cor-1", "acc-1", "/gateway", "evt-1", replacement, "wrong unit", "ann"));
    }
}
