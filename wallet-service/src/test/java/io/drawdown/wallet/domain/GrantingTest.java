package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.MONTH_END;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.allocation;
import static io.drawdown.wallet.domain.Given.drawDown;
import static io.drawdown.wallet.domain.Given.drawnDown;
import static io.drawdown.wallet.domain.Given.give;
import static io.drawdown.wallet.domain.Given.given;
import static io.drawdown.wallet.domain.Given.header;
import static io.drawdown.wallet.domain.Given.opened;
import static io.drawdown.wallet.domain.Given.paid;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import java.math.BigDecimal;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/** Credit for some meters, credit that begins later, and credit that is taken back. */
class GrantingTest {

    final FixtureConfiguration<Wallet> wallet = new AggregateTestFixture<>(Wallet.class);

    @Test
    void creditForAMeterIsSpentOnThatMeterOnly() {
        var usage = new DrawDown(
                WALLET, List.of(line("u1", "mtr_a", "4"), line("u2", "mtr_b", "4"), line("u3", "mtr_a", "4")), NOW);
        wallet.given(opened(), scoped(1, "6", "6"), paid(2, "x", "5", "11"))
                .when(usage)
                .expectEvents(
                        drawnDown(3, usage, "12", "1", "-1", allocation("scoped", "6"), allocation("grt_x", "5")));
    }

    @Test
    void creditForAMeterIsNotAvailableToEverything() {
        var state = WalletState.evolve(WalletState.evolve(null, opened()), scoped(1, "6", "6"));
        assertThat(state.settledAt(NOW)).isEqualTo(usd("6"));
        assertThat(state.availableAt(NOW)).isEqualTo(usd("0"));
        assertThat(state.restrictedAt(NOW)).isEqualTo(usd("6"));
    }

    @Test
    void creditForAMeterOrForLaterRepaysNoOverdraft() {
        var usage = drawDown("3");
        wallet.given(opened(), drawnDown(1, usage, "3", "3", "-3"))
                .when(give("scoped", "6", null, null, "mtr_a"))
                .expectEvents(scoped(2, "6", "3"));
        new AggregateTestFixture<>(Wallet.class)
                .given(opened(), drawnDown(1, usage, "3", "3", "-3"))
                .when(give("later", "6", MONTH_END, null))
                .expectEvents(new CreditGranted(
                        header(2),
                        new GrantId("later"),
                        usd("6"),
                        usd("0"),
                        GrantKind.PROMOTIONAL,
                        50,
                        MONTH_END,
                        null,
                        List.of(),
                        null,
                        usd("0"),
                        new GrantCause.Given("welcome"),
                        usd("3")));
    }

    @Test
    void refusesAGrantThatExpiresBeforeItBegins() {
        wallet.given(opened())
                .when(give("g", "1", MONTH_END, MONTH_END))
                .expectException(WalletRejection.ExpiredGrant.class);
    }

    @Test
    void voidingTakesBackWhatIsLeft() {
        wallet.given(
                        opened(),
                        given(1, "promo", "5", 50, null, "5"),
                        drawnDown(2, drawDown("2"), "2", "0", "3", allocation("promo", "2")))
                .when(new VoidGrant(WALLET, new GrantId("promo"), "mistake", NOW))
                .expectEvents(new GrantVoided(header(3), new GrantId("promo"), usd("3"), "mistake", usd("0")));
    }

    @Test
    void refusesToVoidWhatIsSpentOrNeverWas() {
        wallet.given(
                        opened(),
                        given(1, "promo", "5", 50, null, "5"),
                        drawnDown(2, drawDown("5"), "5", "0", "0", allocation("promo", "5")))
                .when(new VoidGrant(WALLET, new GrantId("promo"), "mistake", NOW))
                .expectException(WalletRejection.SpentGrant.class);
        new AggregateTestFixture<>(Wallet.class)
                .given(opened())
                .when(new VoidGrant(WALLET, new GrantId("other"), "mistake", NOW))
                .expectException(WalletRejection.UnknownGrant.class);
    }

    private static UsageLine line(String id, String meter, String amount) {
        return new UsageLine("/test", id, meter, "price", BigDecimal.ONE, usd(amount), NOW, null);
    }

    private static CreditGranted scoped(long sequence, String amount, String settledAfter) {
        return new CreditGranted(
                header(sequence),
                new GrantId("scoped"),
                usd(amount),
                usd("0"),
                GrantKind.PROMOTIONAL,
                50,
                NOW,
                null,
                List.of("mtr_a"),
                null,
                usd("0"),
                new GrantCause.Given("welcome"),
                usd(settledAfter));
    }
}
