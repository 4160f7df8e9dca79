package io.drawdown.crm.lead.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawdown.crm.domain.Refused;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeadTest {

    static final Instant ENTERED = Instant.parse("2026-11-02T10:00:00Z");
    static final Instant LATER = Instant.parse("2026-11-03T10:00:00Z");

    @Test
    void isQualifiedWhenNew() {
        var qualified = entered().qualify(LATER);

        assertThat(qualified.status()).isEqualTo(LeadStatus.QUALIFIED);
        assertThat(qualified.updatedAt()).isEqualTo(LATER);
        assertThat(qualified.createdAt()).isEqualTo(ENTERED);
    }

    @Test
    void staysAsItIsWhenQualifiedAgain() {
        var qualified = entered().qualify(ENTERED);

        assertThat(qualified.qualify(LATER)).isSameAs(qualified);
    }

    @Test
    void knowsWhatItWasConvertedTo() {
        var converted = entered().qualify(ENTERED).convert("comp_1", "opp_1", LATER);

        assertThat(converted.status()).isEqualTo(LeadStatus.CONVERTED);
        assertThat(converted.companyId()).isEqualTo("comp_1");
        assertThat(converted.opportunityId()).isEqualTo("opp_1");
    }

    @Test
    void isNotConvertedBeforeItIsQualified() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> entered().convert("comp_1", "opp_1", LATER))
                .withMessageContaining("qualify it first")
                .returns("lead-not-qualified", Refused::code);
    }

    @Test
    void isConvertedOnce() {
        var converted = entered().qualify(ENTERED).convert("comp_1", "opp_1", LATER);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> converted.convert("comp_2", "opp_2", LATER))
                .withMessageContaining("opp_1")
                .returns("lead-already-converted", Refused::code);
    }

    @Test
    void isNotQualifiedAfterItsConversion() {
        var converted = entered().qualify(ENTERED).convert("comp_1", "opp_1", LATER);

        assertThatExceptionOfType(Refused.class).isThrownBy(() -> converted.qualify(LATER));
    }

    static Lead entered() {
        return new Lead(
                "lead_1", "Acme", "Ada", "ada@acme.test", "fair", null, LeadStatus.NEW, null, null, ENTERED, ENTERED);
    }
}
