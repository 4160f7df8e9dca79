package io.drawdown.sandbox.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoiceArithmeticTest {

    static Tax.Rate rate(String percent, boolean inclusive) {
        return new Tax.Rate("txr_" + percent + inclusive, new BigDecimal(percent), inclusive);
    }

    @Provide
    Arbitrary<Reduction> reductions() {
        var percents = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(100))
                .ofScale(2);
        return Arbitraries.oneOf(
                percents.map(Reduction.Percent::new),
                Arbitraries.longs().between(0, 20_000_000).map(Reduction.Fixed::new));
    }

    @Provide
    Arbitrary<List<Tax.Rate>> rates() {
        var percents = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(30))
                .ofScale(4);
        return Combinators.combine(percents, Arbitraries.of(true, false))
                .as((percent, inclusive) -> new Tax.Rate("txr_" + percent + inclusive, percent, inclusive))
                .list()
                .uniqueElements(Tax.Rate::id)
                .ofMaxSize(4);
    }

    @Property
    void everyCentOfADiscountIsOnALine(
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = -1_000_000, max = 10_000_000) Long> given,
            @ForAll("reductions") Reduction first,
            @ForAll("reductions") Reduction second) {
        var amounts = given.stream().mapToLong(Long::longValue).toArray();
        var lines = new LineBalances(amounts);
        long eligible = LongStream.of(amounts).filter(amount -> amount > 0).sum();
        long taken = LongStream.of(lines.take(first, _ -> true)).sum();
        assertThat(taken).isEqualTo(first.of(eligible)).isBetween(0L, eligible);
        long then = LongStream.of(lines.take(second, line -> line % 2 == 0)).sum();
        assertThat(lines.sum() + taken + then).isEqualTo(LongStream.of(amounts).sum());
        for (int i = 0; i < amounts.length; i++) {
            assertThat(lines.left(i)).isBetween(Math.min(0, amounts[i]), Math.max(amounts[i], 0));
        }
    }

    @Property
    void inclusiveTaxesAndWhatIsTaxedAreTheLine(
            @ForAll @LongRange(min = -10_000_000, max = 10_000_000) long amount,
            @ForAll("rates") List<Tax.Rate> rates) {
        var taxes = Tax.of(amount, rates);
        assertThat(taxes).extracting(Tax::rate).isEqualTo(rates);
        long within = taxes.stream()
                .filter(tax -> tax.rate().inclusive())
                .mapToLong(Tax::amount)
                .sum();
        assertThat(taxes).allSatisfy(tax -> {
            assertThat(tax.taxable() + within).isEqualTo(amount);
            assertThat(Long.signum(tax.amount()) * Long.signum(amount)).isNotNegative();
        });
    }

    @Property
    void theBalanceTakesWhatIsNotDue(
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long total,
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long balance) {
        var settled = AmountDue.of(total, balance, 50);
        assertThat(settled.amountDue() + settled.endingBalance()).isEqualTo(total + balance);
        assertThat(settled.amountDue())
                .satisfiesAnyOf(
                        due -> assertThat(due).isZero(), due -> assertThat(due).isGreaterThanOrEqualTo(50));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0, 1000, 0",
        "1000, -300, 700, 0",
        "1000, -1000, 0, 0",
        "1000, -1500, 0, -500",
        "1000, 20, 1020, 0",
        "49, 0, 0, 49",
        "49, 1, 50, 0",
        "-200, 0, 0, -200",
        "-200, 900, 0, 700",
        "0, 900, 0, 900",
        "0, -900, 0, -900"
    })
    void settles(long total, long balance, long due, long ending) {
        assertThat(AmountDue.of(total, balance, 50)).isEqualTo(new AmountDue(due, ending));
    }

    @Test
    void roundsEachTaxOfALineHalfUp() {
        assertThat(Tax.of(1050, List.of(rate("19", false))))
                .extracting(Tax::amount)
                .containsExactly(200L);
        assertThat(Tax.of(1190, List.of(rate("19", true))))
                .extracting(Tax::amount, Tax::taxable)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(190L, 1000L));
        assertThat(Tax.of(11, List.of(rate("5", true), rate("5", true), rate("10", false))))
                .extracting(Tax::amount)
                .containsExactly(1L, 0L, 1L);
    }

    @Test
    void takesAPercentageOnceAndNotLineByLine() {
        var lines = new LineBalances(33, 33, 33);
        assertThat(lines.take(new Reduction.Percent(new BigDecimal("50")), _ -> true))
                .containsExactly(17, 17, 16);
    }
}
