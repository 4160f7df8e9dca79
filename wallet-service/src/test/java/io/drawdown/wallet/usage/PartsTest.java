package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.UsageLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsTest {

    @Test
    void aUsualBatchIsOnePart() {
        var lines = lines(1_000, "id");
        assertThat(parts(lines)).containsExactly(lines);
    }

    @Test
    void noPartHasTooManyLinesAndNoneIsLost() {
        var lines = lines(2_500, "id");
        var parts = parts(lines);
        assertThat(parts).hasSize(3).allMatch(part -> part.size() <= Parts.MOST_LINES);
        assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(lines);
    }

    @Test
    void longNamesMakeSmallerParts() {
        var lines = lines(10, "i".repeat(90_000));
        assertThat(parts(lines)).hasSize(5).allMatch(part -> part.size() == 2);
        assertThat(parts(lines(2, "i".repeat(Parts.MOST_CHARACTERS)))).hasSize(2);
    }

    @Test
    void nothingIsNoPart() {
        assertThat(parts(List.of())).isEmpty();
    }

    private static List<List<UsageLine>> parts(List<UsageLine> lines) {
        return Parts.of(lines, Parts::characters);
    }

    private static List<UsageLine> lines(int count, String id) {
        var free = Money.zero(Currency.getInstance("USD"));
        return IntStream.range(0, count)
                .mapToObj(i -> new UsageLine(
                        "/test", id, "m", "p", new BigDecimal(i), free, Instant.parse("2026-11-20T10:00:00Z"), null))
                .toList();
    }
}
