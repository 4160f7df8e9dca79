package io.drawdown.wallet.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.NotRatedReason;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wallet.rating.Rating.RatedByTotal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PriceBookTest {

    static final Currency USD = Currency.getInstance("USD");
    static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    static final Tariff.Known TIERED =
            new Tariff.Graduated("tiered", USD, List.of(new Tier(null, Money.of("0.01", USD), Money.of("1", USD))));
    static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");

    final PriceBook book = new PriceBook(
            List.of(
                    new MeterPrices(
                            "calls",
                            Aggregation.SUM,
                            List.of(new MeterPrices.Mapping(JUNE, "dear"), new MeterPrices.Mapping(JANUARY, "cheap"))),
                    new MeterPrices("seats", Aggregation.LAST, List.of(new MeterPrices.Mapping(JANUARY, "cheap"))),
                    new MeterPrices("tiers", Aggregation.SUM, List.of(new MeterPrices.Mapping(JANUARY, "tiered"))),
                    new MeterPrices("odd", null, List.of(new MeterPrices.Mapping(JANUARY, "cheap"))),
                    new MeterPrices("novel", Aggregation.SUM, List.of(new MeterPrices.Mapping(JANUARY, "new"))),
                    new MeterPrices("lost", Aggregation.SUM, List.of(new MeterPrices.Mapping(JANUARY, "nowhere")))),
            List.of(
                    new Tariff.PerUnit("cheap", Money.of("0.00015", USD)),
                    new Tariff.PerUnit("dear", Money.of("0.01", USD)),
                    TIERED,
                    new Tariff.Unrated("new", "charges by the moon")));

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
    void ratesByTheTotalWhereAnEventHasNoCostOfItsOwn() {
        assertThat(rate("tiers", JUNE)).isEqualTo(new RatedByTotal(TIERED, Aggregation.SUM));
        assertThat(rate("seats", JUNE))
                .isEqualTo(new RatedByTotal(new Tariff.PerUnit("cheap", Money.of("0.00015", USD)), Aggregation.LAST));
    }

    @Test
    void ratesByThePriceThatIsAskedForWhicheverIsMapped() {
        assertThat(book.rate("calls", "cheap", BigDecimal.TEN)).isEqualTo(new Rated("cheap", Money.of("0.0015", USD)));
    }

    @Test
    void doesNotRateWhatThisVersionDoesNotKnow() {
        assertNotRated("novel", JUNE, NotRatedReason.UNSUPPORTED_SCHEME);
        assertNotRated("odd", JUNE, NotRatedReason.UNSUPPORTED_SCHEME);
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
