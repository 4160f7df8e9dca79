package io.drawdown.crm.catalog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawdown.crm.domain.Money;
import io.drawdown.crm.domain.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
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
    class TermsOfCredit {

        @Test
        void areKeptOldestFirstAndInForceFromTheirInstantOn() {
            var price = credit().withCreditTerms(monthly(LATE), LATE).withCreditTerms(monthly(EARLY), LATE);

            assertThat(price.creditTerms()).extracting(CreditTerms::effectiveAt).containsExactly(EARLY, LATE);
            assertThat(price.creditTermsAt(EARLY.minusMillis(1))).isEmpty();
            assertThat(price.creditTermsAt(LATE.minusMillis(1))).contains(monthly(EARLY));
            assertThat(price.creditTermsAt(LATE)).contains(monthly(LATE));
        }

        @Test
        void ofTheSameInstantAreReplacedAndTheSameAgainChangeNothing() {
            var price = credit().withCreditTerms(monthly(EARLY), EARLY);
            var other = new CreditTerms(EARLY, null, List.of(), 10, null, null);

            assertThat(price.withCreditTerms(monthly(EARLY), LATE)).isSameAs(price);
            assertThat(price.withCreditTerms(other, LATE).creditTerms()).containsExactly(other);
        }

        @Test
        void areForAPriceThatBuysCredit() {
            var price = price(PriceKind.ONE_OFF, null, true);

            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> price.withCreditTerms(monthly(EARLY), LATE))
                    .returns("price-not-credit", Refused::code);
        }

        @Test
        void surviveWhatHappensInStripe() {
            var known = credit().withCreditTerms(monthly(EARLY), EARLY);

            assertThat(price(PriceKind.ONE_OFF, null, false).after(known).creditTerms())
                    .containsExactly(monthly(EARLY));
        }

        private static Price credit() {
            return price(PriceKind.ONE_OFF, null, true).withCreditGrant(true, EARLY);
        }

        private static CreditTerms monthly(Instant effectiveAt) {
            var bonus = new CreditTerms.Bonus(new BigDecimal("0.10"), null);
            return new CreditTerms(effectiveAt, Period.ofMonths(1), List.of("mtr_1"), 50, bonus, null);
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
                List.of(),
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
                List.of(),
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
                List.of(),
                LATE,
                LATE);
    }
}
