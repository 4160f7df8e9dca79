package io.drawdown.wallet.authorization;

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
import io.drawdown.wallet.domain.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers between the instant at which something is due and the one at which somebody records it. */
class AuthorizationsTest {

    private static final AccountId ACCOUNT = new AccountId("acme");
    private static final WalletId WALLET = WalletId.of(ACCOUNT);
    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

    private final InMemoryWallet wallet = new InMemoryWallet(ACCOUNT, USD, NOW);
    private final SettledStates settled = new SettledStates();

    @Test
    void creditThatRolledOverMayBeSpentBeforeAnybodyRecordsIt() {
        give(END, new Rollover(new Rollover.Share(BigDecimal.ONE), new Validity(1, 0)));
        var sequence = wallet.state().version() - 1;
        assertThat(authorize("100", END.minusMillis(1)).allowed()).isTrue();
        assertThat(authorize("100", END.plusMillis(1))).satisfies(answer -> {
            assertThat(answer.allowed()).isTrue();
            assertThat(answer.sequence()).isEqualTo(sequence);
        });
        assertThat(authorize("100.01", END.plusMillis(1)).reason()).isEqualTo("insufficient-credit");
    }

    @Test
    void whatDoesNotRollOverIsGone() {
        give(END, new Rollover(new Rollover.Most(usd("30")), new Validity(1, 0)));
        assertThat(authorize("30", END).allowed()).isTrue();
        assertThat(authorize("30.01", END).allowed()).isFalse();
    }

    @Test
    void whatAHoldThatHasTimedOutGivesBackMayBeSpent() {
        give(null, null);
        wallet.handle(new PlaceHold(WALLET, new HoldId("hld_1"), usd("70"), null, END, null, NOW));
        assertThat(authorize("100", END.minusMillis(1)).allowed()).isFalse();
        assertThat(authorize("100", END).allowed()).isTrue();
    }

    @Test
    void settlesWhatIsDueOnceUntilMoreIsDueOrSomethingIsRecorded() {
        give(null, null);
        wallet.handle(new PlaceHold(WALLET, new HoldId("hld_1"), usd("70"), null, END, null, NOW));
        wallet.handle(new PlaceHold(WALLET, new HoldId("hld_2"), usd("20"), null, END.plusSeconds(60), null, NOW));
        var before = wallet.state();

        var first = settled.by(before, END);
        assertThat(first.holds().open()).containsOnlyKeys(new HoldId("hld_2"));
        assertThat(settled.by(before, END.plusSeconds(1))).isSameAs(first);
        assertThat(settled.by(before, END.plusSeconds(60)).holds().open()).isEmpty();
        assertThat(settled.by(before, END.plusSeconds(60)))
                .isEqualTo(before.dueBy(END.plusSeconds(60)).after());

        wallet.handle(new PlaceHold(WALLET, new HoldId("hld_3"), usd("1"), null, END.plusSeconds(90), null, END));
        assertThat(settled.by(wallet.state(), END).holds().open())
                .containsOnlyKeys(new HoldId("hld_2"), new HoldId("hld_3"));
    }

    private Authorization authorize(String amount, Instant now) {
        return Authorizations.authorize(wallet.state(), settled.by(wallet.state(), now), usd(amount), null, now);
    }

    private void give(@Nullable Instant expiresAt, @Nullable Rollover rollover) {
        wallet.handle(new GiveCredit(
                WALLET, new GrantId("gift"), usd("100"), 50, null, expiresAt, List.of(), rollover, "a test", NOW));
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }
}
