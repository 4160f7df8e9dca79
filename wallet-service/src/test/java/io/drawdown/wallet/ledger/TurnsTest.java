package io.drawdown.wallet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.wallet.domain.AccountId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class TurnsTest {

    private static final AccountId ONE = new AccountId("acc_1");
    private static final AccountId OTHER = new AccountId("acc_2");

    @Test
    void letsTheNextInWhenOneIsDoneOrHasFailed() {
        var turns = new Turns(1, Duration.ofMillis(10));
        assertThat(turns.<Integer>take(ONE, () -> 7)).isEqualTo(7);
        assertThatThrownBy(() -> turns.take(ONE, () -> {
                    throw new IllegalStateException("failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(turns.<Integer>take(ONE, () -> 8)).isEqualTo(8);
    }

    @Test
    void whoWaitsForAnAccountTakesNoPlace() {
        var turns = new Turns(2, Duration.ofMillis(10));
        var seen = turns.<Integer>take(ONE, () -> {
            assertThatThrownBy(() -> turns.take(ONE, () -> 0))
                    .isInstanceOf(CannotAcquireLockException.class)
                    .hasMessageContaining("acc_1");
            return turns.<Integer>take(OTHER, () -> 9);
        });
        assertThat(seen).isEqualTo(9);
    }

    @Test
    void noMoreThanTheirPlacesAreAtWorkAtOnce() {
        var turns = new Turns(1, Duration.ofMillis(10));
        turns.take(ONE, () -> {
            assertThatThrownBy(() -> turns.take(OTHER, () -> 0)).isInstanceOf(CannotAcquireLockException.class);
            return 1;
        });
    }
}
