package io.drawdown.wallet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.DueWallets.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FailingWalletsTest {

    static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    static final WalletId WALLET = new WalletId("wal_a-1");
    static final WalletId OTHER = new WalletId("wal_a-2");
    static final String STACK = "\tat " + FailingWalletsTest.class.getName();

    final FailingWallets failing = new FailingWallets();

    @Test
    void restTwiceAsLongAfterEachFailure() {
        fail(WALLET, NOW, "damaged");
        assertThat(failing.rests(WALLET, NOW.plusMillis(999))).isTrue();
        assertThat(failing.rests(WALLET, NOW.plusSeconds(1))).isFalse();

        fail(WALLET, NOW, "damaged");
        assertThat(failing.rests(WALLET, NOW.plusMillis(1999))).isTrue();
        assertThat(failing.rests(WALLET, NOW.plusSeconds(2))).isFalse();
        assertThat(failing.rests(OTHER, NOW)).isFalse();
    }

    @Test
    void restNoLongerThanFiveMinutes() {
        IntStream.range(0, 100).forEach(_ -> fail(WALLET, NOW, "damaged"));

        assertThat(failing.rests(WALLET, NOW.plus(Duration.ofMinutes(5)))).isFalse();
    }

    @Test
    void tellTheirStackOnceForEachCause(CapturedOutput output) {
        fail(WALLET, NOW, "damaged");
        fail(WALLET, NOW, "damaged");
        assertThat(output.getAll().split(STACK, -1)).hasSize(3); // Both frames of one stack.

        fail(WALLET, NOW, "gone");
        fail(OTHER, NOW, "gone");
        assertThat(output.getAll().split(STACK, -1)).hasSize(7);
        assertThat(output).contains("2 times now");
    }

    @Test
    void areCountedUntilTheyAreSettledOrNoLongerDue() {
        fail(WALLET, NOW, "damaged");
        fail(OTHER, NOW, "damaged");
        assertThat(failing.count()).isEqualTo(2);
        assertThat(failing.ids()).containsExactlyInAnyOrder(WALLET, OTHER);

        failing.settled(WALLET);
        failing.forget(Set.of(OTHER));

        assertThat(failing.count()).isZero();
        assertThat(failing.rests(WALLET, NOW)).isFalse();
    }

    @Test
    void mayFailForWantOfMemory() {
        failing.failed(new Due(NOW, WALLET), NOW, new OutOfMemoryError("Java heap space"));
        assertThat(failing.rests(WALLET, NOW.plusMillis(999))).isTrue();
    }

    private void fail(WalletId id, Instant at, String cause) {
        failing.failed(new Due(NOW, id), at, new IllegalStateException(cause));
    }
}
