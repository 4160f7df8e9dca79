package io.drawdown.wallet.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.InMemoryWallet;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletState;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SnapshotTableIT extends WalletIntegrationTest {

    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    @Autowired
    private SnapshotTable table;

    @Test
    void statesThatAreTooLargeForOneStatementAreAllWritten() {
        var states = IntStream.range(0, 120).mapToObj(_ -> large()).toList();
        assertThat(states.stream()
                        .mapToLong(state -> StateForm.write(state).length)
                        .sum())
                .isGreaterThan(2 * SnapshotTable.BYTES_AT_ONCE);

        table.save(states);

        assertThat(table.latest(states.stream().map(WalletState::id).toList()))
                .containsExactlyInAnyOrderElementsOf(states);
    }

    /** Many grants, each for many meters. */
    private static WalletState large() {
        var wallet = new InMemoryWallet(new AccountId(Outside.unique("large")), USD, AT);
        var meters = IntStream.range(0, 40)
                .mapToObj("mtr_of_some_length_%d"::formatted)
                .toList();
        for (int i = 0; i < 80; i++) {
            wallet.handle(give(wallet, i, meters));
        }
        return wallet.state();
    }

    private static GiveCredit give(InMemoryWallet wallet, int number, List<String> meters) {
        return new GiveCredit(
                wallet.state().id(),
                new GrantId("grt_" + number),
                Money.of("1", USD),
                50,
                null,
                null,
                meters,
                null,
                "test",
                AT);
    }
}
