package io.drawdown.wallet.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.RunningTotal;
import io.drawdown.wallet.rating.Rating.RatedByTotal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class TariffTest {

    static final Currency USD = Currency.getInstance("USD");
    static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    final Tariff.Known graduated = new Tariff.Graduated(
            "g", USD, List.of(tier("10", "1", "5"), tier("20.5", "0.5", "0"), tier(null, "0.000000000001", "2")));
    final Tariff.Known volume = new Tariff.Volume(
            "v", USD, List.of(tier("10", "1", "5"), tier("20.5", "0.5", "0"), tier(null, "0.000000000001", "2")));

    @Example
    void aTierHoldsUpToItsEndInclusive() {
        assertThat(graduated.cost(number("10"))).isEqualTo(usd("15"));
        assertThat(graduated.cost(number("10.1"))).isEqualTo(usd("15.05"));
        assertThat(graduated.cost(number("20.5"))).isEqualTo(usd("20.25"));
        assertThat(graduated.cost(number("21.5"))).isEqualTo(usd("22.250000000001"));
        assertThat(volume.cost(number("10"))).isEqualTo(usd("15"));
        assertThat(volume.cost(number("10.1"))).isEqualTo(usd("5.05"));
        assertThat(volume.cost(number("20.5"))).isEqualTo(usd("10.25"));
        assertThat(volume.cost(number("21"))).isEqualTo(usd("2.000000000021"));
    }

    @Example
    void nothingUsedCostsNothing() {
        for (var tariff : List.of(graduated, volume, packages(true), packages(false))) {
            assertThat(tariff.cost(number("0.00"))).isEqualTo(usd("0"));
        }
    }

    @Example
    void aPackageThatIsBegunCountsAsThePriceSays() {
        assertThat(packages(true).cost(number("0.01"))).isEqualTo(usd("3"));
        assertThat(packages(true).cost(number("1000"))).isEqualTo(usd("3"));
        assertThat(packages(true).cost(number("1000.5"))).isEqualTo(usd("6"));
        assertThat(packages(false).cost(number("999.999"))).isEqualTo(usd("0"));
        assertThat(packages(false).cost(number("1000"))).isEqualTo(usd("3"));
    }

    @Property(tries = 500)
    void howeverUsageIsSplitItCostsTheSame(
            @ForAll("tariffs") Tariff.Known tariff, @ForAll("splits") List<BigDecimal> parts) {
        var price = new RatedByTotal(tariff, Aggregation.SUM);
        @Nullable RunningTotal total = null;
        var paid = Money.zero(tariff.currency());
        for (var part : parts) {
            var before = price.cost(total);
            total = price.aggregation().after(total, part, AT);
            paid = paid.plus(price.cost(total).minus(before));
        }
        var sum = parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(paid).isEqualTo(tariff.cost(sum));
    }

    @Property(tries = 500)
    void costsWhatCountingByHandSays(@ForAll("tariffs") Tariff.Known tariff, @ForAll("quantities") BigDecimal total) {
        var expected = total.signum() == 0
                ? BigDecimal.ZERO
                : switch (tariff) {
                    case Tariff.PerUnit unit -> unit.unitAmount().amount().multiply(total);
                    case Tariff.PerPackage some -> some.packageAmount().amount().multiply(byHand(some, total));
                    case Tariff.Graduated tiered -> byHand(tiered, total);
                    case Tariff.Volume tiered -> byHand(tiered, total);
                };
        assertThat(tariff.cost(total).amount()).isEqualByComparingTo(expected);
        assertThat(tariff.cost(total).currency()).isEqualTo(tariff.currency());
    }

    /** Packages are filled one after another. */
    private static BigDecimal byHand(Tariff.PerPackage price, BigDecimal total) {
        var size = BigDecimal.valueOf(price.size());
        var count = 0;
        var left = total;
        while (left.compareTo(size) >= 0) {
            left = left.subtract(size);
            count++;
        }
        return BigDecimal.valueOf(left.signum() > 0 && price.roundUp() ? count + 1 : count);
    }

    /** Tier by tier, what lies between its ends. */
    private static BigDecimal byHand(Tariff.Graduated price, BigDecimal total) {
        var cost = BigDecimal.ZERO;
        var low = BigDecimal.ZERO;
        for (var tier : price.tiers()) {
            var high = tier.upTo() == null ? total.max(low) : tier.upTo();
            var inside = total.min(high).subtract(low);
            if (inside.signum() > 0) {
                cost = cost.add(tier.unitAmount().amount().multiply(inside))
                        .add(tier.flatAmount().amount());
            }
            low = high;
        }
        return cost;
    }

    /** The highest tier that begins below the total. */
    private static BigDecimal byHand(Tariff.Volume price, BigDecimal total) {
        var reached = price.tiers().getFirst();
        for (int i = 1; i < price.tiers().size(); i++) {
            var end = price.tiers().get(i - 1).upTo();
            if (end != null && total.compareTo(end) > 0) {
                reached = price.tiers().get(i);
            }
        }
        return reached.unitAmount()
                .amount()
                .multiply(total)
                .add(reached.flatAmount().amount());
    }

    @Provide
    Arbitrary<Tariff.Known> tariffs() {
        return Arbitraries.of("USD", "JPY", "KWD")
                .map(Currency::getInstance)
                .flatMap(currency -> Arbitraries.oneOf(
                        amounts(currency).map(amount -> new Tariff.PerUnit("u", amount)),
                        Combinators.combine(
                                        amounts(currency),
                                        Arbitraries.longs().between(1, 40),
                                        Arbitraries.of(true, false))
                                .as((amount, size, up) -> new Tariff.PerPackage("p", amount, size, up)),
                        tiers(currency).map(tiers -> new Tariff.Graduated("g", currency, tiers)),
                        tiers(currency).map(tiers -> new Tariff.Volume("v", currency, tiers))));
    }

    private static Arbitrary<List<Tier>> tiers(Currency currency) {
        var steps = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.001"), new BigDecimal("50"))
                .ofScale(3);
        return Combinators.combine(
                        steps.list().ofMaxSize(3),
                        amounts(currency).list().ofSize(4),
                        amounts(currency).list().ofSize(4))
                .as((ends, units, flats) -> {
                    var tiers = new ArrayList<Tier>();
                    var end = BigDecimal.ZERO;
                    for (int i = 0; i < ends.size(); i++) {
                        end = end.add(ends.get(i));
                        tiers.add(new Tier(end, units.get(i), flats.get(i)));
                    }
                    tiers.add(new Tier(null, units.get(3), flats.get(3)));
                    return tiers;
                });
    }

    /** Down to the twelfth decimal of the minor unit. */
    private static Arbitrary<Money> amounts(Currency currency) {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.TEN)
                .ofScale(12 + currency.getDefaultFractionDigits())
                .map(amount -> new Money(amount, currency));
    }

    @Provide
    Arbitrary<BigDecimal> quantities() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("200"))
                .ofScale(3);
    }

    @Provide
    Arbitrary<List<BigDecimal>> splits() {
        return quantities().list().ofMinSize(1).ofMaxSize(12);
    }

    private static Tariff.Known packages(boolean roundUp) {
        return new Tariff.PerPackage("p", usd("3"), 1_000, roundUp);
    }

    private static Tier tier(@Nullable String upTo, String unitAmount, String flatAmount) {
        return new Tier(upTo == null ? null : number(upTo), usd(unitAmount), usd(flatAmount));
    }

    private static BigDecimal number(String numeral) {
        return new BigDecimal(numeral);
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }
}
