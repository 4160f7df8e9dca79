package io.drawdown.crm.opportunity.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drawdown.crm.domain.Refused;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpportunityTest {

    static final Instant OPENED = Instant.parse("2026-11-02T10:00:00Z");
    static final Instant LATER = Instant.parse("2026-11-03T10:00:00Z");

    @Test
    void namesItsAccountOnceWon() {
        var won = opened().moveTo(Stage.NEGOTIATION, OPENED).win("acct_1", LATER);

        assertThat(won.stage()).isEqualTo(Stage.CLOSED_WON);
        assertThat(won.accountId()).isEqualTo("acct_1");
        assertThat(won.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void hasNoAccountWhenLost() {
        assertThat(opened().moveTo(Stage.CLOSED_LOST, LATER).accountId()).isNull();
    }

    @Test
    void isNotWonWithoutAnAccount() {
        assertThatIllegalArgumentException().isThrownBy(() -> opened().moveTo(Stage.CLOSED_WON, LATER));
    }

    @Test
    void staysLost() {
        var lost = opened().moveTo(Stage.CLOSED_LOST, OPENED);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> lost.win("acct_1", LATER))
                .withMessageContaining("closed-lost")
                .returns("opportunity-closed", Refused::code);
    }

    @Test
    void doesNotGoBackByTwoStages() {
        var negotiated = opened().moveTo(Stage.NEGOTIATION, OPENED);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> negotiated.moveTo(Stage.QUALIFICATION, LATER))
                .withMessageContaining("back by one")
                .returns("stage-not-reachable", Refused::code);
    }

    static Opportunity opened() {
        return new Opportunity(
                "opp_1",
                "lead_1",
                "comp_1",
                "Acme, yearly",
                null,
                "ada@acme.test",
                null,
                Stage.QUALIFICATION,
                null,
                OPENED,
                OPENED);
    }
}
