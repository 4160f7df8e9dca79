package io.drawdown.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.fault.Fault;
import io.drawdown.chaos.fault.Injection;
import io.drawdown.chaos.fault.Injection.Outcome;
import io.drawdown.chaos.load.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChaosReportTest {

    private static final Fault KAFKA = new Fault.Kill("kafka");
    private static final Fault BILLING = new Fault.Kill("billing-sync");

    @Test
    void namesWhatNeverCameAndWhatWasLeftOut() {
        var report = report(injection(KAFKA, Outcome.CAME), injection(BILLING, Outcome.NOT_REACHED));

        var lines = report.text().lines().toList();
        assertThat(lines)
                .containsSubsequence(
                        "NEVER CAME, though their turn did",
                        "  billing-sync is killed",
                        "Left out, since the run was too short",
                        "  postgres crashes")
                .doesNotContain("  kafka is killed");
        var json = JsonMapper.shared().readTree(report.json());
        assertThat(json.path("never_came").values())
                .extracting(JsonNode::asString)
                .containsExactly("billing-sync is killed");
        assertThat(json.path("left_out").values())
                .extracting(JsonNode::asString)
                .contains("postgres crashes")
                .doesNotContain("billing-sync is killed", "kafka is killed");
    }

    @Test
    void failsOnlyForAStepThatWasArmedAgainAndAgain() {
        var once = List.of(injection(BILLING, Outcome.NOT_REACHED));
        var twice = List.of(injection(BILLING, Outcome.NOT_REACHED), injection(BILLING, Outcome.NOT_REACHED));

        assertThat(ChaosReport.everyStep(once).holds()).isTrue();
        assertThat(ChaosReport.everyStep(twice).violations())
                .containsExactly("billing-sync is killed: armed again and again, and never reached");
    }

    private static ChaosReport report(Injection... injections) {
        return new ChaosReport(7, List.of(injections), List.of(), new Sent());
    }

    private static Injection injection(Fault fault, Outcome outcome) {
        return new Injection(Duration.ZERO, fault, outcome, "a test");
    }
}
