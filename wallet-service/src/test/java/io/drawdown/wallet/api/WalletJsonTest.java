package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.HoldId;
import io.drawdown.wallet.domain.InMemoryWallet;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.Rollover;
import io.drawdown.wallet.domain.Validity;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalletJsonTest {

    private static final AccountId ACCOUNT = new AccountId("acme");
    private static final WalletId WALLET = WalletId.of(ACCOUNT);
    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

    /** A balance in the past shows the same, as it counts what was due. */
    @Test
    void whatIsDueCountsBeforeAnybodyRecordsIt() {
        var wallet = new InMemoryWallet(ACCOUNT, USD, NOW);
        var half = new Rollover(new Rollover.Share(new BigDecimal("0.5")), new Validity(1, 0));
        wallet.handle(
                new GiveCredit(WALLET, new GrantId("gift"), usd("100"), 50, null, END, List.of(), half, "a test", NOW));
        wallet.handle(new PlaceHold(WALLET, new HoldId("hld_1"), usd("70"), null, END, null, NOW));
        var recorded = wallet.state();
        var atTheEnd = WalletJson.of(recorded, END);
        wallet.handle(new SettleDue(WALLET, END));
        var settled = WalletJson.of(wallet.state(), END);
        assertThat(atTheEnd)
                .usingRecursiveComparison()
                .ignoringFields("sequence")
                .isEqualTo(settled);
        assertThat(atTheEnd.settled()).isEqualTo(MoneyJson.of(usd("50")));
        assertThat(atTheEnd.held()).isEqualTo(MoneyJson.of(usd("0")));
        assertThat(atTheEnd.sequence()).as("what is recorded").isEqualTo(recorded.version() - 1);
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }
}
