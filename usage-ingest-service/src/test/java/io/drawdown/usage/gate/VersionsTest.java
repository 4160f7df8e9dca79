package io.drawdown.usage.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.gate.StoreOnMap.Place;
import io.drawdown.usage.gate.Versions.Shelf;
import io.drawdown.usage.gate.Versions.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Bytes;

/**
 * States over random schedules of judging, committing and crashing. A crash loses the end of what was written, keeps some of
 * what was sent, and what was not sent may be judged otherwise when it comes again.
 */
class VersionsTest {

    private static final long DAY = 86_400_000L;
    private static final long HORIZON = 35 * DAY;

    private final List<Write> written = new ArrayList<>();
    private final Map<Place, byte[]> stored = new HashMap<>();
    private final Runs runs = new Runs(StoreOnMap.of(new TreeMap<>(), (_, _) -> {}));
    private final Versions versions =
            new Versions(StoreOnMap.windowed(stored, (place, value) -> written.add(new Write(place, value))), runs);

    /** For each position, whether its verdict was to count; as long as it was not sent, that may change. */
    private final List<Boolean> counted = new ArrayList<>();

    private int sentUpTo;
    private int committed;
    private int committedWrites;

    @Property(tries = 2_000)
    void findsWhatCountedBeforeAPosition(@ForAll long seed) {
        new VersionsTest().play(new Random(seed));
    }

    private void play(Random random) {
        int next = 0;
        runs.begin(next);
        for (int step = 0; step < 80; step++) {
            switch (random.nextInt(10)) {
                case 0 -> next = crash(next, random);
                case 1 -> {
                    committed = next;
                    sentUpTo = Math.max(sentUpTo, next);
                    committedWrites = written.size();
                }
                default -> judge(next++, random);
            }
        }
    }

    private void judge(int position, Random random) {
        if (position < counted.size() && position < sentUpTo) {
            return;
        }
        var expected = model(position);
        var found = versions.before(key(position), position, shelf(position));
        assertThat(found == null ? -1 : found.offset()).isEqualTo(expected);
        boolean counts = random.nextBoolean();
        if (position < counted.size()) {
            counted.set(position, counts);
        } else {
            counted.add(counts);
        }
        if (counts) {
            versions.put(key(position), new Version(position, position, 0), shelf(position));
        }
    }

    /** Reads again from the commit; what was sent since is recalled from what was sent. */
    private int crash(int next, Random random) {
        int kept = committedWrites + random.nextInt(written.size() - committedWrites + 1);
        written.subList(kept, written.size()).clear();
        if (random.nextBoolean()) {
            // On another disk; on its own, all that it wrote is still there.
            stored.clear();
            written.forEach(write -> stored.put(write.place(), write.value()));
        }
        sentUpTo = Math.max(sentUpTo, committed + random.nextInt(next - committed + 1));
        runs.begin(committed);
        for (int position = committed; position < sentUpTo; position++) {
            if (counted.get(position)) {
                versions.put(key(position), new Version(position, position, 0), shelf(position));
            }
        }
        return committed;
    }

    private long model(int position) {
        for (int before = position - 1; before >= 0; before--) {
            if (counted.get(before) && key(before).equals(key(position))) {
                return before;
            }
        }
        return -1;
    }

    private static Bytes key(int position) {
        return Bytes.wrap(new byte[] {(byte) (position % 3)});
    }

    /** One kind of key is filed in one bucket, the others by their time, which moves on by a day. */
    private static Shelf shelf(int position) {
        return position % 3 == 0 ? Shelf.at(100 * DAY) : Shelf.over(100 * DAY + position * DAY / 4, HORIZON);
    }

    @SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
    private record Write(Place place, byte[] value) {}
}
