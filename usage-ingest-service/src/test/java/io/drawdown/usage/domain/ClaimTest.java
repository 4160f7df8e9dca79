package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClaimTest {

    @Test
    void isFreeWhenNobodyWasAccepted() {
        assertThat(Claim.of(Claim.NONE, 7)).isEqualTo(Claim.FREE);
    }

    @Test
    void recognisesTheSamePositionAsAReplay() {
        assertThat(Claim.of(7, 7)).isEqualTo(Claim.OWN);
        assertThat(Claim.of(0, 0)).isEqualTo(Claim.OWN);
    }

    @Test
    void recognisesAnEarlierPositionAsTheOriginalOfARepeat() {
        assertThat(Claim.of(6, 7)).isEqualTo(Claim.TAKEN);
    }

    @Test
    void keepsToTheMendedCopyWhenTheRefusedOriginalIsReadAgain() {
        assertThat(Claim.of(9, 7)).isEqualTo(Claim.TAKEN);
    }
}
