package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.ACCOUNT;
import static io.drawdown.wallet.domain.Given.MONTH_END;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.allocation;
import static io.drawdown.wallet.domain.Given.drawDownAt;
import static io.drawdown.wallet.domain.Given.drawnDown;
import static io.drawdown.wallet.domain.Given.expired;
import static io.drawdown.wallet.domain.Given.opened;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.ReleaseHold;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A bought grant "grt_a" of 100 that cost 90, expires at the month's end, and rolls over for a month. */
class RollingOverTest {

    static final Validity A_MONTH = new Validity(1, 0);
    static final Instant A_MONTH_LATER = Instant.parse("2027-01-01T00:00:00Z");
    static final Rollover HALF = new Rollover(new Rollover.Share(new BigDecimal("0.5")), A_MONTH);
    static final Rollover THIRTY = new Rollover(new Rollover.Most(usd("30")), A_MONTH);
    static final GrantId GIFT = new GrantId("gift");
    static final Currency EUR = Currency.getInstance("EUR");
    static final HoldId HOLD = new HoldId("hld_1");

    final FixtureConfiguration<Wallet> wallet = new AggregateTestFixture<>(Wallet.class);

    @Test
    void aShareOfWhatIsLeftGoesOnAndTheRestIsLost() {
        var usage = drawDownAt(NOW, "20.01");
        wallet.given(opened(), bought(HALF), drawnDown(2, usage, "20.01", "0", "79.99", allocation("grt_a", "20.01")))
                .when(new SettleDue(WALLET, MONTH_END))
                .expectEvents(
                        rolled(3, MONTH_END, "39.995", "35.9955", "79.99"),
                        expired(4, "grt_a", "39.995", MONTH_END, "39.995"));
    }

    @Test
    void upToAnAmountGoesOn() {
        wallet.given(opened(), bought(THIRTY))
                .when(new SettleDue(WALLET, MONTH_END))
                .expectEvents(rolled(2, MONTH_END, "30", "27", "100"), expired(3, "grt_a", "70", MONTH_END, "30"));
    }

    @Test
    void nothingIsLostWhenThereIsLess() {
        var usage = drawDownAt(NOW, "75");
        wallet.given(opened(), bought(THIRTY), drawnDown(2, usage, "75", "0", "25", allocation("grt_a", "75")))
                .when(new SettleDue(WALLET, MONTH_END))
                .expectEvents(rolled(3, MONTH_END, "25", "22.5", "25"));
    }

    /** Whoever comes first, and however late. */
    @Test
    void usageThatComesLaterSettlesItAsOfTheSameInstant() {
        var usage = drawDownAt(MONTH_END.plusSeconds(60), "5");
        wallet.given(opened(), bought(THIRTY))
                .when(usage)
                .expectEvents(
                        rolled(2, MONTH_END, "30", "27", "100"),
                        expired(3, "grt_a", "70", MONTH_END, "30"),
                        drawnDown(4, usage, "5", "0", "25", allocation("grt_a.rol2", "5")));
    }

    @Test
    void whatRolledOverExpiresForGood() {
        wallet.given(opened(), bought(THIRTY), rolled(2, MONTH_END, "30", "27", "100"), lost(3, "70", "30"))
                .when(new SettleDue(WALLET, A_MONTH_LATER))
                .expectEvents(expired(4, "grt_a.rol2", "30", A_MONTH_LATER, "0"));
    }

    @Test
    void theWalletWaitsForTheEndOfWhatRolledOver() {
        var state = WalletState.evolve(WalletState.evolve(null, opened()), bought(THIRTY));
        assertThat(state.nextDueAt()).isEqualTo(MONTH_END);
        assertThat(state.dueBy(MONTH_END).after().nextDueAt()).isEqualTo(A_MONTH_LATER);
    }

    @Test
    void aGiftThatNeverExpiresCannotRollOver() {
        wallet.given(opened())
                .when(gift(null, HALF))
                .expectNoEvents()
                .expectException(WalletRejection.EndlessRollover.class);
        new AggregateTestFixture<>(Wallet.class)
                .given(opened())
                .when(gift(MONTH_END, new Rollover(new Rollover.Most(new Money(BigDecimal.ONE, EUR)), A_MONTH)))
                .expectNoEvents()
                .expectException(WalletRejection.WrongCurrency.class);
    }

    @Test
    void aGiftRollsOverAtNoCost() {
        var memory = new InMemoryWallet(ACCOUNT, USD, NOW);
        memory.handle(gift(MONTH_END, HALF));
        memory.handle(new SettleDue(WALLET, MONTH_END));
        assertThat(memory.events()).element(2).isInstanceOfSatisfying(GrantRolledOver.class, rolled -> {
            assertThat(rolled.costBasis()).isEqualTo(usd("0"));
            assertThat(rolled.into().kind()).isEqualTo(GrantKind.PROMOTIONAL);
            assertThat(rolled.into().meterIds()).containsExactly("mtr");
        });
    }

    /** What is held cannot expire; it has the fate of its grant when it comes back. */
    @Nested
    class WhatComesBackLater {

        final InMemoryWallet memory = new InMemoryWallet(ACCOUNT, USD, NOW);

        @Test
        void rollsOverAsFarAsItWouldHave() {
            memory.handle(gift(MONTH_END, THIRTY));
            hold("90", MONTH_END.plus(Duration.ofDays(2)));
            memory.handle(new SettleDue(WALLET, MONTH_END));
            assertThat(left()).as("what was not held").isEqualTo(usd("10"));
            release(MONTH_END.plus(Duration.ofDays(1)));
            assertThat(left()).isEqualTo(usd("30"));
            assertThat(memory.state().grants())
                    .extracting(Grant::effectiveAt, Grant::expiresAt)
                    .containsOnly(tuple(MONTH_END, A_MONTH_LATER));
            assertThat(memory.state().ends().lostOf(GIFT, usd("0"))).isEqualTo(usd("70"));
        }

        @Test
        void isLostOnceWhatRolledOverWouldHaveExpired() {
            memory.handle(gift(MONTH_END, THIRTY));
            hold("100", A_MONTH_LATER.plus(Duration.ofDays(2)));
            release(A_MONTH_LATER);
            assertThat(memory.settled()).isEqualTo(usd("0"));
        }

        @Test
        void isLostWhenTheGrantWasTakenBack() {
            memory.handle(gift(MONTH_END, THIRTY));
            hold("90", MONTH_END);
            memory.handle(new VoidGrant(WALLET, GIFT, "mistake", NOW));
            memory.handle(new SettleDue(WALLET, MONTH_END));
            assertThat(memory.settled()).isEqualTo(usd("0"));
        }

        @Test
        void isLostWhenWhatRolledOverWasTakenBack() {
            memory.handle(gift(MONTH_END, HALF));
            hold("60", MONTH_END.plus(Duration.ofDays(2)));
            memory.handle(new SettleDue(WALLET, MONTH_END));
            var rolled = memory.state().grants().getFirst().id();
            memory.handle(new VoidGrant(WALLET, rolled, "mistake", MONTH_END));
            release(MONTH_END.plus(Duration.ofDays(1)));
            assertThat(memory.settled()).isEqualTo(usd("0"));
        }

        private void hold(String amount, Instant until) {
            memory.handle(new PlaceHold(WALLET, HOLD, usd(amount), "mtr", until, null, NOW));
        }

        private void release(Instant at) {
            memory.handle(new ReleaseHold(WALLET, HOLD, at));
        }

        private Money left() {
            return Grants.sum(memory.state().grants(), usd("0"));
        }
    }

    private static GiveCredit gift(@Nullable Instant expiresAt, Rollover rollover) {
        return new GiveCredit(WALLET, GIFT, usd("100"), 50, null, expiresAt, List.of("mtr"), rollover, "welcome", NOW);
    }

    private static WalletEvent bought(Rollover rollover) {
        return new CreditGranted(
                Given.header(1),
                GrantId.ofInvoiceLine("a"),
                usd("100"),
                usd("90"),
                GrantKind.PAID,
                50,
                NOW,
                MONTH_END,
                List.of(),
                rollover,
                usd("0"),
                new GrantCause.PaidInvoice("in_1", "a", null),
                usd("100"));
    }

    private static WalletEvent rolled(long sequence, Instant at, String amount, String cost, String settledAfter) {
        var into = new Grant(
                new GrantId("grt_a.rol" + sequence),
                usd(amount),
                GrantKind.PAID,
                50,
                MONTH_END,
                A_MONTH_LATER,
                List.of(),
                at);
        return new GrantRolledOver(
                new EventHeader(WALLET, ACCOUNT, sequence, at),
                GrantId.ofInvoiceLine("a"),
                into,
                usd(cost),
                usd(settledAfter));
    }

    private static WalletEvent lost(long sequence, String amount, String settledAfter) {
        return expired(sequence, "grt_a", amount, MONTH_END, settledAfter);
    }
}
