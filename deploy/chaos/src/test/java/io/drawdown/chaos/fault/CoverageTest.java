package io.drawdown.chaos.fault;

import static io.drawdown.chaos.fault.Injection.Outcome.CAME;
import static io.drawdown.chaos.fault.Injection.Outcome.NOT_REACHED;
import static io.drawdown.chaos.fault.Injection.Outcome.NOT_TRIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.fault.Injection.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private static final List<String> KINDS = List.of("a is killed", "b is killed", "c is killed", "d is killed");

    @Test
    void tellsWhatCameFromWhatNeverCameAndWhatWasLeftOut() {
        var coverage = coverage(injection("a", CAME), injection("b", NOT_REACHED), injection("c", NOT_TRIED));

        assertThat(coverage.missing()).containsExactly("b is killed", "c is killed", "d is killed");
        assertThat(coverage.neverCame()).containsExactly("b is killed", "c is killed");
        assertThat(coverage.leftOut()).containsExactly("d is killed");
    }

    @Test
    void isCertainOfWhatWasArmedAgainAndAgain() {
        assertThat(coverage(injection("b", NOT_REACHED)).certainlyNotReached()).isEmpty();
        assertThat(coverage(injection("b", NOT_REACHED), injection("b", NOT_TRIED))
                        .certainlyNotReached())
                .isEmpty();
        assertThat(coverage(injection("b", NOT_REACHED), injection("b", NOT_REACHED))
                        .certainlyNotReached())
                .containsExactly("b is killed");
    }

    @Test
    void isNotCertainOfWhatCameAllTheSame() {
        var coverage = coverage(injection("b", NOT_REACHED), injection("b", NOT_REACHED), injection("b", CAME));

        assertThat(coverage.certainlyNotReached()).isEmpty();
        assertThat(coverage.neverCame()).isEmpty();
    }

    private static Coverage coverage(Injection... injections) {
        return new Coverage(KINDS, List.of(injections));
    }

    private static Injection injection(String process, Outcome outcome) {
        return new Injection(Duration.ZERO, new Fault.Kill(process), outcome, "a test");
    }
}
