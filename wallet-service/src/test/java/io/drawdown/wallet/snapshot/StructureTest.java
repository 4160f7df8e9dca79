package io.drawdown.wallet.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StructureTest {

    sealed interface Cause {}

    record Bought(String by) implements Cause {}

    record Found(int times) implements Cause {}

    enum Colour {
        RED,
        GREEN
    }

    record Unsupported(Object anything) {}

    @Test
    void keepsEverythingAsItIs() throws IOException {
        var structure = Structure.of(Sample.class);
        var sample = new Sample(
                true,
                -3,
                1L << 40,
                "ä€",
                new BigDecimal("1.50"),
                Currency.getInstance("KWD"),
                Instant.parse("2026-11-20T10:00:00.123456789Z"),
                Duration.ofMillis(-1),
                YearMonth.of(2026, 2),
                Colour.GREEN,
                new Found(7),
                List.of(new Bought("x"), new Found(1)),
                Set.of("a", "b"),
                Map.of("k", new Found(2)));
        var read = (Sample) read(structure, write(structure, sample));
        assertThat(read).isEqualTo(sample);
        assertThat(read.decimal().scale()).isEqualTo(2);
    }

    record Sample(
            boolean yes,
            int number,
            long large,
            @Nullable String text,
            BigDecimal decimal,
            Currency currency,
            Instant instant,
            Duration duration,
            YearMonth month,
            Colour colour,
            Cause cause,
            List<Cause> list,
            Set<String> set,
            Map<String, Found> map) {}

    @Test
    void keepsWhatIsAbsentAndTheOrderThatCounts() throws IOException {
        var structure = Structure.of(Ordered.class);
        var sequence = new LinkedHashMap<String, Found>();
        List.of("c", "a", "b").forEach(key -> sequence.put(key, new Found(1)));
        var read = (Ordered)
                read(structure, write(structure, new Ordered(null, Collections.unmodifiableSequencedMap(sequence))));
        assertThat(read.text()).isNull();
        assertThat(read.sequence().sequencedKeySet()).containsExactly("c", "a", "b");
    }

    record Ordered(@Nullable String text, SequencedMap<String, Found> sequence) {}

    @Test
    void equalSetsAndMapsHaveEqualBytes() throws IOException {
        var structure = Structure.of(Unordered.class);
        var one = new LinkedHashMap<String, String>();
        var other = new LinkedHashMap<String, String>();
        List.of("a", "b", "c").forEach(key -> one.put(key, key));
        List.of("c", "b", "a").forEach(key -> other.put(key, key));
        assertThat(write(structure, new Unordered(one.keySet(), one)))
                .isEqualTo(write(structure, new Unordered(other.keySet(), other)));
    }

    record Unordered(Set<String> set, Map<String, String> map) {}

    @Test
    void anotherShapeIsAnotherShape() {
        assertThat(Structure.of(Bought.class).shape())
                .isNotEqualTo(Structure.of(Found.class).shape());
        assertThat(Structure.of(Sample.class).shape()).contains("RED", "decimal", "Bought", "times:int");
    }

    @Test
    void aTypeWithoutAFormIsNamed() {
        assertThatThrownBy(() -> Structure.of(Unsupported.class)).hasMessageContaining("java.lang.Object");
    }

    private static byte[] write(Structure structure, Object value) throws IOException {
        return Chunk.of(out -> structure.write(value, out));
    }

    private static Object read(Structure structure, byte[] bytes) throws IOException {
        return structure.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
