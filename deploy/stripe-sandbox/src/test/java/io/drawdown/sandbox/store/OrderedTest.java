package io.drawdown.sandbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Against a tree, which is what it stands for. */
class OrderedTest {

    static Entry entry(long sequence, int version) {
        return new Entry(sequence, "e" + version, new Blob.Made(new byte[] {0}), new @Nullable String[0]);
    }

    static List<Long> sequences(Stream<Entry> entries) {
        return entries.map(Entry::sequence).toList();
    }

    /** Mostly new ones, some that change, some that come back, and leaving from the old end, the new end and between. */
    @Property(tries = 200)
    void isOrderedWhateverComesAndLeaves(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int leaving) {
        var random = new Random(seed);
        var ordered = new Ordered();
        var tree = new TreeMap<Long, Entry>();
        for (int i = 0; i < 200; i++) {
            if (random.nextInt(5) >= leaving || tree.isEmpty()) {
                var entry = entry(random.nextInt(10) == 0 ? random.nextInt(300) : 100 + i, i);
                ordered.put(entry);
                tree.put(entry.sequence(), entry);
            } else {
                long sequence = leaver(tree, random);
                ordered.remove(sequence);
                tree.remove(sequence);
            }
            assertThat(ordered.size()).isEqualTo(tree.size());
        }
        assertSame(ordered, tree, random.nextInt(320));
    }

    static long leaver(TreeMap<Long, Entry> tree, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> tree.lastKey();
            case 1 -> random.nextInt(320);
            default -> tree.firstKey();
        };
    }

    static void assertSame(Ordered ordered, TreeMap<Long, Entry> tree, long cursor) {
        assertThat(ordered.oldestFirst()).containsExactlyElementsOf(tree.values());
        assertThat(ordered.newestFirst())
                .containsExactlyElementsOf(tree.descendingMap().values());
        assertThat(sequences(ordered.oldestFirst(cursor)))
                .containsExactlyElementsOf(tree.tailMap(cursor, false).keySet());
        assertThat(sequences(ordered.newestFirst(cursor)))
                .containsExactlyElementsOf(
                        tree.headMap(cursor, false).descendingMap().keySet());
    }
}
