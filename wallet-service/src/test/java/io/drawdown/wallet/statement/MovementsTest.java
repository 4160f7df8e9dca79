package io.drawdown.wallet.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.EventHeader;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.GrantKind;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.statement.Movement.Kind;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovementsTest {

    static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

    /** The balance moves by what is lost alone. */
    @Test
    void whatRollsOverGoesOutAndInAgain() {
        var movements = new Movements();
        var into = new Grant(
                new GrantId("grt_a.rol2"), usd("30"), GrantKind.PAID, 50, END, END.plusSeconds(1), List.of(), END);
        movements.add(new GrantRolledOver(header(2), new GrantId("grt_a"), into, usd("27"), usd("100")));
        movements.add(new GrantExpired(header(3), new GrantId("grt_a"), usd("70"), usd("30")));

        assertThat(movements.all())
                .extracting(movement -> movement.key().kind(), Movement::amount)
                .containsExactly(
                        tuple(Kind.ROLLED_OUT, usd("-30")),
                        tuple(Kind.ROLLED_IN, usd("30")),
                        tuple(Kind.EXPIRED, usd("-70")));
    }

    private static EventHeader header(long sequence) {
        var account = new AccountId("acme");
        return new EventHeader(WalletId.of(account), account, sequence, END);
    }

    private static Money usd(String amount) {
        return Money.of(amount, Currency.getInstance("USD"));
    }
}
