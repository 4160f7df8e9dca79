package io.drawdown.wallet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.HoldId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletCommand.ChangeOverdraftLimit;
import io.drawdown.wallet.domain.WalletCommand.ReleaseHold;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletRejection;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class WalletsIT extends WalletIntegrationTest {

    @Autowired
    private Ledger ledger;

    @Autowired
    private Wallets wallets;

    /** Whoever catches the refusal commits what the transaction has: half of a correction must not be in it. */
    @Test
    void recordNothingOfSeveralCommandsWhereOneIsRefused() {
        var account = Outside.unique("acc");
        new WalletClient(billing, account).open();
        var id = WalletId.of(new AccountId(account));
        var limit = new ChangeOverdraftLimit(id, Money.of("7", Currency.getInstance("USD")), now());
        var refused = new ReleaseHold(id, new HoldId("hld_none"), now());

        ledger.inTransaction(() -> wallets.update(
                id,
                wallet -> assertThatThrownBy(() -> wallet.handle(List.of(limit, refused)))
                        .isInstanceOf(WalletRejection.class)));
        assertThat(wallets.get(id).version()).isEqualTo(1);

        ledger.inTransaction(() -> wallets.update(id, wallet -> wallet.handle(List.of(limit))));
        assertThat(wallets.get(id).version()).isEqualTo(2);
    }
}
