package io.drawdown.wallet.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.NotRatedReason;
import io.drawdown.wallet.rating.Rating.Rated;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PriceBookTest {

    static final Currency USD = Currency.getInstance("USD");
    static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");

    final PriceBook book = new PriceBook(
            List.of(
                    new MeterPrices(
                            "calls",
                            true,
                            List.of(new MeterPrices.Mapping(JUNE, "dear"), new MeterPrices.Mapping(JANUARY, "cheap"))),
                    new MeterPrices("seats", false, List.of(new MeterPrices.Mapping(JANUARY, "cheap"))),
                    new MeterPrices("tiers", true, List.of(new MeterPrices.Mapping(JANUARY, "tiered"))),
                    new MeterPrices("lost", true, List.of(new MeterPrices.Mapping(JANUARY, "nowhere")))),
            List.of(
                    new Tariff.PerUnit("cheap", Money.of("0.00015", USD)),
                    new Tariff.PerUnit("dear", Money.of("0.01", USD)),
                    new Tariff.Unsupported("tiered", "GRADUATED")));

    @Test
    void ratesByThePriceInForceWhenTheUsageOccurred() {
        assertThat(rate("calls", JUNE.minusMillis(1))).isEqualTo(new Rated("cheap", Money.of("0.00045", USD)));
        assertThat(rate("calls", JUNE)).isEqualTo(new Rated("dear", Money.of("0.03", USD)));
    }

    @Test
    void doesNotRateUsageFromBeforeTheFirstPrice() {
        assertNotRated("calls", JANUARY.minusMillis(1), NotRatedReason.NO_PRICE);
    }

    @Test
    void doesNotRateWhatTheCatalogueDoesNotHave() {
        assertNotRated("unheard-of", JUNE, NotRatedReason.NO_PRICE);
        assertNotRated("lost", JUNE, NotRatedReason.NO_PRICE);
    }

    @Test
    void doesNotRateTiersNorMetersThatDoNotAddUp() {
        assertNotRated("tiers", JUNE, NotRatedReason.UNSUPPORTED_SCHEME);
        assertNotRated("seats", JUNE, NotRatedReason.UNSUPPORTED_SCHEME);
    }

    private void assertNotRated(String meter, Instant at, NotRatedReason reason) {
        assertThat(rate(meter, at))
                .asInstanceOf(InstanceOfAssertFactories.type(NotRated.class))
                .extracting(NotRated::reason)
                .isEqualTo(reason);
    }

    private Rating rate(String meter, Instant at) {
        return book.rate(meter, new BigDecimal("3"), at);
    }
}
