package io.drawdown.wallet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LedgerPropertiesTest {

    static final long HEAP_BYTES = 512L * 1024 * 1024;

    @Test
    void keepsAsManyWalletsAsTheHeapHasRoomFor() {
        var unset = new LedgerProperties(null, Duration.ofSeconds(1), 1_000, 10, Duration.ofSeconds(10));

        assertThat(unset.walletsKept(HEAP_BYTES)).isEqualTo(53_687);
    }

    @Test
    void keepsAsManyAsItIsTold() {
        var set = new LedgerProperties(7L, Duration.ofSeconds(1), 1_000, 10, Duration.ofSeconds(10));

        assertThat(set.walletsKept(HEAP_BYTES)).isEqualTo(7);
    }
}
