package io.drawdown.billing.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ApportionmentTest {

    @Property
    void losesAndMakesUpNothing(
            @ForAll @LongRange(min = 0, max = 99_999_999) long amount,
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 0, max = 99_999_999) Long> weights) {
        var shares = Apportionment.of(amount, weights);

        long total = weights.stream().mapToLong(Long::longValue).sum();
        assertThat(shares).hasSameSizeAs(weights).allMatch(share -> share >= 0);
        assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(total == 0 ? 0 : amount);
    }

    @Property
    void givesAllOfItBackExactly(
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 0, max = 99_999_999) Long> weights) {
        var total = weights.stream().mapToLong(Long::longValue).sum();

        assertThat(Apportionment.of(total, weights)).isEqualTo(weights);
    }

    @Property
    void differsFromTheExactShareByLessThanAUnit(
            @ForAll @LongRange(min = 0, max = 1_000_000) long amount,
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 1, max = 1_000_000) Long> weights) {
        var total = weights.stream().mapToLong(Long::longValue).sum();
        var shares = Apportionment.of(amount, weights);

        assertThat(LongStream.range(0, weights.size()).map(index -> {
                    var at = (int) index;
                    return Math.abs(shares.get(at) * total - amount * weights.get(at));
                }))
                .allMatch(error -> error < total);
    }

    @Test
    void spreadsTheRestToTheFirstOfEquals() {
        assertThat(Apportionment.of(100, List.of(1L, 1L, 1L))).containsExactly(34L, 33L, 33L);
    }

    @Test
    void refusesWhatIsNegative() {
        assertThatThrownBy(() -> Apportionment.of(-1, List.of(1L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Apportionment.of(1, List.of(1L, -1L))).isInstanceOf(IllegalArgumentException.class);
    }
}
