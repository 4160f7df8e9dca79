package io.drawdown.usage.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.domain.Claim;
import io.drawdown.usage.gate.StoreOnMap.Place;
import io.drawdown.usage.gate.Versions.Shelf;
import io.drawdown.usage.gate.Versions.Version;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gate has stored that did not tell its runs apart, read by one that does. */
class StoredFormsTest {

    private static final long BEGUN_AT = 10;
    private static final long NOW = Duration.ofDays(100).toMillis();
    private static final Shelf SHELF = Shelf.at(NOW);
    private static final Bytes KEY = Bytes.wrap(new byte[] {1});

    private final Map<Place, byte[]> stored = new HashMap<>();
    private final Runs runs = new Runs(StoreOnMap.of(new TreeMap<>(), (_, _) -> {}));
    private final ClaimStore claims =
            new ClaimStore(StoreOnMap.windowed(stored, (_, _) -> {}), runs, Duration.ofDays(35));
    private final Versions versions = new Versions(StoreOnMap.windowed(stored, (_, _) -> {}), runs);

    @BeforeEach
    void upgrade() {
        runs.begin(BEGUN_AT);
    }

    @Test
    void aClaimThatIsAnOffsetAloneHoldsUpToWhereTheFirstRunBegan() {
        store(KEY, BEGUN_AT - 1);
        assertThat(claims.claimedBy(KEY, NOW)).isEqualTo(BEGUN_AT - 1);

        store(KEY, BEGUN_AT);
        assertThat(claims.claimedBy(KEY, NOW)).isEqualTo(Claim.NONE);
    }

    @Test
    void aStateWithoutARunHoldsUpToWhereTheFirstRunBegan() {
        store(KEY, 7);
        store(entryKey(7), Claim.NONE, 70, 71);
        assertThat(versions.before(KEY, BEGUN_AT + 1, SHELF)).isEqualTo(new Version(7, 70, 71));

        store(KEY, BEGUN_AT);
        store(entryKey(BEGUN_AT), 7, 100, 101);
        assertThat(versions.before(KEY, BEGUN_AT + 1, SHELF)).isEqualTo(new Version(7, 70, 71));
    }

    @Test
    void aNewStateLeadsToOneWithoutARun() {
        store(KEY, 7);
        store(entryKey(7), Claim.NONE, 70, 71);

        versions.put(KEY, new Version(BEGUN_AT, 100, 101), SHELF);

        assertThat(versions.before(KEY, BEGUN_AT + 1, SHELF)).isEqualTo(new Version(BEGUN_AT, 100, 101));
        assertThat(versions.before(KEY, BEGUN_AT, SHELF)).isEqualTo(new Version(7, 70, 71));
    }

    private void store(Bytes key, long... numbers) {
        var bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        LongStream.of(numbers).forEach(bytes::putLong);
        stored.put(new Place(key, SHELF.filed()), bytes.array());
    }

    private static Bytes entryKey(long offset) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES)
                .put(KEY.get())
                .putLong(offset)
                .array());
    }
}
