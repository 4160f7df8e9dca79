package io.drawdown.wallet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AbsentWalletsTest {

    private static final Duration LONG = Duration.ofDays(1);

    private final AbsentWallets absent = new AbsentWallets();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void asksTheStoreOnceForWhatIsNotThere() {
        for (int i = 0; i < 100; i++) {
            assertThat(absent.orAsk("wal_a", LONG, this::nothing)).isEmpty();
        }
        assertThat(asked).hasValue(1);
        assertThat(absent.orAsk("wal_b", LONG, this::something)).contains("wallet");
    }

    @Test
    void remembersNothingOfWhatIsThere() {
        assertThat(absent.orAsk("wal_a", LONG, this::something)).contains("wallet");
        assertThat(absent.orAsk("wal_a", LONG, this::something)).contains("wallet");
        assertThat(asked).hasValue(2);
    }

    @Test
    void asksAgainWhenTheAnswerIsTooOld() {
        absent.orAsk("wal_a", LONG, this::nothing);
        assertThat(absent.orAsk("wal_a", Duration.ofNanos(-1), this::something)).contains("wallet");
    }

    @Test
    void asksAgainOnceAWalletWasOpened() {
        absent.orAsk("wal_a", LONG, this::nothing);
        absent.opened();
        assertThat(absent.orAsk("wal_a", LONG, this::something)).contains("wallet");
    }

    @Test
    void doesNotKeepAnAnswerThatAnOpeningHasOvertaken() {
        absent.orAsk("wal_a", LONG, () -> {
            absent.opened();
            return nothing();
        });
        assertThat(absent.orAsk("wal_a", LONG, this::something)).contains("wallet");
    }

    private Optional<String> nothing() {
        asked.incrementAndGet();
        return Optional.empty();
    }

    private Optional<String> something() {
        asked.incrementAndGet();
        return Optional.of("wallet");
    }
}
