package io.drawdown.crm.catalog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawdown.crm.domain.Money;
import io.drawdown.crm.domain.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PriceTest {

    static final Instant EARLY = Instant.parse("2026-11-02T10:00:00Z");
    static final Instant LATE = Instant.parse("2026-11-03T10:00:00Z");

    @Nested
    class BuyingCredit {

        @Test
        void isForAOneOffPrice() {
            var flagged = price(PriceKind.ONE_OFF, null, true).withCreditGrant(true, LATE);

            assertThat(flagged.creditGrant()).isTrue();
            assertThat(flagged.updatedAt()).isEqualTo(LATE);
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ONE_OFF")
        void isForNoOtherKind(PriceKind kind) {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> price(kind, null, true).withCreditGrant(true, LATE))
                    .returns("price-not-one-off", Refused::code);
        }

        @Test
        void canBeTakenBack() {
            var flagged = price(PriceKind.ONE_OFF, null, true).withCreditGrant(true, EARLY);

            assertThat(flagged.withCreditGrant(false, LATE).creditGrant()).isFalse();
        }
    }

    @Nested
    class RatingUsage {

        @Test
        void isForAnActiveMeteredPriceOfTheMeter() {
            assertThatCode(() -> price(PriceKind.METERED, "mtr_1", true).requireRates("mtr_1"))
                    .doesNotThrowAnyException();
        }

        @Test
        void isNotForAOneOffPrice() {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> price(PriceKind.ONE_OFF, null, true).requireRates("mtr_1"))
                    .withMessageContaining("METERED")
                    .returns("price-not-mappable", Refused::code);
        }

        @Test
        void isNotForAnInactivePrice() {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> price(PriceKind.METERED, "mtr_1", false).requireRates("mtr_1"))
                    .withMessageContaining("not active");
        }

        @Test
        void isNotForAPriceOfAnotherMeter() {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> price(PriceKind.METERED, "mtr_2", true).requireRates("mtr_1"))
                    .withMessageContaining("mtr_2");
        }
    }

    @Nested
    class SeenAgain {

        @Test
        void keepsBuyingCredit() {
            var flagged = price(PriceKind.ONE_OFF, null, true).withCreditGrant(true, EARLY);

            assertThat(price(PriceKind.ONE_OFF, null, false).after(flagged).creditGrant())
                    .isTrue();
        }

        @Test
        void countsAsUnchangedWhateverTheScaleOfItsAmount() {
            var known = price(PriceKind.ONE_OFF, null, true).withCreditGrant(true, EARLY);
            var again = costing("1.00");

            assertThat(again.sameContent(known)).isTrue();
            assertThat(again.after(known).updatedAt()).isEqualTo(EARLY);
        }

        @Test
        void countsAsUnchangedWhateverTheScaleOfItsTiers() {
            assertThat(tiered("100", "0.50").sameContent(tiered("1E+2", "0.5"))).isTrue();
            assertThat(tiered("100", "0.50").sameContent(tiered("101", "0.50"))).isFalse();
        }

        @Test
        void countsAsChangedWhenDeactivated() {
            var known = price(PriceKind.ONE_OFF, null, true).withCreditGrant(false, EARLY);
            var inactive = price(PriceKind.ONE_OFF, null, false);

            assertThat(inactive.sameContent(known)).isFalse();
            assertThat(inactive.after(known).updatedAt()).isEqualTo(LATE);
        }
    }

    static Price price(PriceKind kind, @Nullable String meterId, boolean active) {
        return new Price(
                "price_1",
                "prod_1",
                kind,
                PricingScheme.PER_UNIT,
                new Money(BigDecimal.ONE, "USD"),
                null,
                List.of(),
                "USD",
                meterId,
                active,
                false,
                EARLY,
                LATE);
    }

    static Price tiered(String upTo, String unitAmount) {
        return new Price(
                "price_1",
                "prod_1",
                PriceKind.METERED,
                PricingScheme.VOLUME,
                null,
                null,
                List.of(new PriceTier(new BigDecimal(upTo), new BigDecimal(unitAmount), BigDecimal.ZERO)),
                "USD",
                "mtr_1",
                true,
                false,
                EARLY,
                LATE);
    }

    static Price costing(String amount) {
        return new Price(
                "price_1",
                "prod_1",
                PriceKind.ONE_OFF,
                PricingScheme.PER_UNIT,
                new Money(new BigDecimal(amount), "USD"),
                null,
                List.of(),
                "USD",
                null,
                true,
                false,
                LATE,
                LATE);
    }
}
