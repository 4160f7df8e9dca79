package io.drawdown.crm.opportunity.domain;

import static io.drawdown.crm.opportunity.domain.Stage.CLOSED_LOST;
import static io.drawdown.crm.opportunity.domain.Stage.CLOSED_WON;
import static io.drawdown.crm.opportunity.domain.Stage.NEGOTIATION;
import static io.drawdown.crm.opportunity.domain.Stage.PROPOSAL;
import static io.drawdown.crm.opportunity.domain.Stage.QUALIFICATION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageTest {

    static final Map<Stage, Set<Stage>> STEPS = Map.of(
            QUALIFICATION, Set.of(PROPOSAL, NEGOTIATION, CLOSED_WON, CLOSED_LOST),
            PROPOSAL, Set.of(QUALIFICATION, NEGOTIATION, CLOSED_WON, CLOSED_LOST),
            NEGOTIATION, Set.of(PROPOSAL, CLOSED_WON, CLOSED_LOST),
            CLOSED_WON, Set.of(),
            CLOSED_LOST, Set.of());

    @ParameterizedTest
    @EnumSource
    void leadsForwardOrBackByOneUntilClosed(Stage stage) {
        var reachable = Stream.of(Stage.values()).filter(stage::leadsTo).collect(Collectors.toSet());

        assertThat(reachable).isEqualTo(STEPS.get(stage));
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsLabel(Stage stage) {
        assertThat(Stage.of(stage.label())).contains(stage);
    }

    @Test
    void hasLabelsWithDashes() {
        assertThat(CLOSED_WON.label()).isEqualTo("closed-won");
    }

    @Test
    void isNotFoundByAnotherWord() {
        assertThat(Stage.of("CLOSED_WON")).isEmpty();
    }
}
