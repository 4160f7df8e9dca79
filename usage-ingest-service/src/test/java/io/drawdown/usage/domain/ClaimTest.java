package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClaimTest {

    @Test
    void isFreeWhenNobodyWasAccepted() {
        assertThat(Claim.of(Claim.NONE, 7, 6)).isEqualTo(Claim.FREE);
    }

    @Test
    void recognisesAnEarlierPositionAsTheOriginalOfARepeat() {
        assertThat(Claim.of(6, 7, 6)).isEqualTo(Claim.TAKEN);
    }

    @Test
    void keepsToTheMendedCopyWhenTheRefusedOriginalIsReadAgain() {
        assertThat(Claim.of(9, 7, 9)).isEqualTo(Claim.TAKEN);
    }

    @Test
    void knowsWhatWasSentOnAndWhatWasPassedOver() {
        assertThat(Claim.of(7, 7, 7)).isEqualTo(Claim.SENT);
        assertThat(Claim.of(Claim.NONE, 7, 7)).isEqualTo(Claim.REFUSED_BEFORE);
        assertThat(Claim.of(Claim.NONE, 7, 9)).isEqualTo(Claim.REFUSED_BEFORE);
    }
}
