package io.drawdown.sandbox.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void givesTheOddCentToTheLargestRemainder() {
        assertThat(Shares.of(100, new long[] {1, 1, 1})).containsExactly(34, 33, 33);
        assertThat(Shares.of(10, new long[] {1, 2, 3})).containsExactly(2, 3, 5);
        assertThat(Shares.of(0, new long[] {0, 0})).containsExactly(0, 0);
    }

    @Property
    void losesNoCentAndStaysWithinOneOfTheExactShare(
            @ForAll @LongRange(min = 0, max = 10_000_000_000L) long amount,
            @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 1, max = 10_000_000_000L) Long> given) {
        var weights = given.stream().mapToLong(Long::longValue).toArray();
        var parts = Shares.of(amount, weights);
        assertThat(LongStream.of(parts).sum()).isEqualTo(amount);
        var sum = BigDecimal.valueOf(LongStream.of(weights).sum());
        for (int i = 0; i < parts.length; i++) {
            var off = BigDecimal.valueOf(parts[i])
                    .multiply(sum)
                    .subtract(BigDecimal.valueOf(amount).multiply(BigDecimal.valueOf(weights[i])));
            assertThat(off.abs()).isLessThan(sum);
        }
    }

    @Property
    void neverGivesMoreThanTheWeight(
            @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 1, max = 10_000_000_000L) Long> given,
            @ForAll @LongRange(min = 0, max = 100) long percent) {
        var weights = given.stream().mapToLong(Long::longValue).toArray();
        var parts = Shares.of(LongStream.of(weights).sum() * percent / 100, weights);
        for (int i = 0; i < parts.length; i++) {
            assertThat(parts[i]).isBetween(0L, weights[i]);
        }
    }
}
