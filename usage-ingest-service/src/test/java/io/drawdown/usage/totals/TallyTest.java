package io.drawdown.usage.totals;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TallyTest {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    /** The database adds batches up as they come: their number and order may not matter. */
    @Property
    void isTheSameInWhateverOrderEventsAreAdded(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 5) Integer> seconds, @ForAll long seed) {
        var tallies = new ArrayList<Tally>();
        for (int i = 0; i < seconds.size(); i++) {
            tallies.add(tally(Integer.toString(i % 7) + ".5", seconds.get(i), i));
        }
        var inOrder = tallies.stream().reduce(Tally::plus).orElseThrow();
        Collections.shuffle(tallies, new Random(seed));

        assertThat(tallies.stream().reduce(Tally::plus)).contains(inOrder);
    }

    @Test
    void takesTheOneThatOccurredLastAndOfOneInstantTheOneAcceptedLast() {
        var last =
                tally("1", 1, 1).plus(tally("9", 2, 2)).plus(tally("3", 2, 4)).plus(tally("7", 0, 9));

        assertThat(last.last()).isEqualTo("3");
        assertThat(last.max()).isEqualTo("9");
        assertThat(last.sum()).isEqualTo("20");
        assertThat(last.events()).isEqualTo(4);
    }

    static Tally tally(String value, int second, long offset) {
        return Tally.of(new BigDecimal(value), NOON.plusSeconds(second), offset);
    }
}
