package io.drawdown.wallet.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Packaging;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceKind;
import io.drawdown.events.catalog.PriceMapping;
import io.drawdown.events.catalog.PriceTier;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.rating.PriceBook;
import io.drawdown.wallet.rating.Rating;
import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.NotRatedReason;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wallet.rating.Rating.RatedByTotal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PriceBooksTest {

    static final Currency USD = Currency.getInstance("USD");
    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant SUMMER = Instant.parse("2026-06-21T00:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    final Price price = price("price");

    /** The gate says one of a text that is new, and zero of one that is not. */
    @ParameterizedTest
    @CsvSource({"SUM,2.5,7.5", "COUNT,1,3", "UNIQUE_COUNT,1,3", "UNIQUE_COUNT,0,0"})
    void eachUnitOfWhatIsCountedCostsThePrice(Aggregation aggregation, String value, String cost) {
        assertThat(rate(aggregation, value)).isEqualTo(new Rated("price", usd(cost)));
    }

    @Test
    void differentTextsReachATierAsOtherUnitsDo() {
        price.setScheme(PricingScheme.GRADUATED);
        price.setUnitAmount(null);
        price.setTiers(List.of(new PriceTier("2", "3", "0"), new PriceTier(null, "0.5", "1")));
        var rating = (RatedByTotal) rate(Aggregation.UNIQUE_COUNT, "1");
        var total = rating.aggregation().after(null, BigDecimal.ONE, NOW);
        assertThat(rating.cost(total)).isEqualTo(usd("3"));
        total = rating.aggregation().after(total, BigDecimal.ZERO, NOW);
        assertThat(rating.cost(total)).isEqualTo(usd("3"));
        total = rating.aggregation().after(total, BigDecimal.TWO, NOW);
        assertThat(rating.cost(total)).isEqualTo(usd("7.5"));
    }

    @ParameterizedTest
    @CsvSource({"LAST,LAST", "MAX,MAX"})
    void aValueOfTheMonthCostsByTheTotal(Aggregation aggregation, io.drawdown.wallet.rating.Aggregation rated) {
        assertThat(rate(aggregation, "7"))
                .isInstanceOfSatisfying(
                        RatedByTotal.class,
                        rating -> assertThat(rating.aggregation()).isEqualTo(rated));
    }

    @Test
    void aPackageIsOfTheSizeThatThePriceSays() {
        price.setScheme(PricingScheme.PACKAGE);
        price.setPackaging(new Packaging(100L, true));
        var rating = (RatedByTotal) rate(Aggregation.SUM, "101");
        var total = rating.aggregation().after(null, new BigDecimal("101"), NOW);
        assertThat(rating.cost(total)).isEqualTo(usd("6"));
    }

    @Test
    void aMeterThatAddsUpInAnUnknownWayIsNotRated() {
        assertThat(lackOf(rate(Aggregation.UNKNOWN, "1"))).contains("upgrade wallet-service");
    }

    @Test
    void aPriceThatChargesInAnUnknownWayIsNotRated() {
        price.setScheme(PricingScheme.UNKNOWN);
        assertThat(lackOf(rate(Aggregation.SUM, "1"))).contains("upgrade wallet-service");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNKNOWN")
    void aPriceThatLacksWhatItChargesIsNotRated(PricingScheme scheme) {
        price.setScheme(scheme);
        price.setUnitAmount(null);
        assertThat(lackOf(rate(Aggregation.SUM, "1"))).contains("without what it charges");
    }

    @Test
    void aPackageOfNothingAndTiersThatEndAreNotRated() {
        price.setScheme(PricingScheme.PACKAGE);
        price.setPackaging(new Packaging(0L, true));
        assertThat(lackOf(rate(Aggregation.SUM, "1"))).contains("without what it charges");
        price.setScheme(PricingScheme.VOLUME);
        price.setTiers(List.of(new PriceTier("2", "3", "0")));
        assertThat(lackOf(rate(Aggregation.SUM, "1"))).contains("without what it charges");
    }

    @Test
    void theMappingInForceSaysThePrice() {
        var later = price("later");
        later.setUnitAmount(new io.drawdown.events.Money("4", "USD"));
        var book = PriceBooks.of(
                List.of(meter(Aggregation.SUM, mapping("later", SUMMER), mapping("price", LONG_AGO))),
                List.of(price, later));
        assertThat(book.rate("mtr", BigDecimal.ONE, LONG_AGO.minusMillis(1)))
                .isInstanceOfSatisfying(
                        NotRated.class, none -> assertThat(none.reason()).isEqualTo(NotRatedReason.NO_PRICE));
        assertThat(book.rate("mtr", BigDecimal.ONE, SUMMER.minusMillis(1))).isEqualTo(new Rated("price", usd("3")));
        assertThat(book.rate("mtr", BigDecimal.ONE, SUMMER)).isEqualTo(new Rated("later", usd("4")));
    }

    private Rating rate(Aggregation aggregation, String value) {
        PriceBook book = PriceBooks.of(List.of(meter(aggregation, mapping("price", LONG_AGO))), List.of(price));
        return book.rate("mtr", new BigDecimal(value), NOW);
    }

    private static String lackOf(Rating rating) {
        var none = (NotRated) rating;
        assertThat(none.reason()).isEqualTo(NotRatedReason.UNSUPPORTED_SCHEME);
        return none.detail();
    }

    private static Meter meter(Aggregation aggregation, PriceMapping... mappings) {
        return new Meter("mtr", "used", "Used", aggregation, "value", true, List.of(mappings), LONG_AGO);
    }

    private static PriceMapping mapping(String priceId, Instant effectiveAt) {
        return new PriceMapping(priceId, "prod", effectiveAt);
    }

    /** Three a unit. */
    private static Price price(String id) {
        return Price.newBuilder()
                .setPriceId(id)
                .setProductId("prod")
                .setKind(PriceKind.METERED)
                .setScheme(PricingScheme.PER_UNIT)
                .setUnitAmount(new io.drawdown.events.Money("3", "USD"))
                .setCurrency("USD")
                .setCreditGrant(false)
                .setActive(true)
                .setUpdatedAt(LONG_AGO)
                .build();
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }
}
