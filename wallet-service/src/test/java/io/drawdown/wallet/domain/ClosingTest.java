package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.BACK_OFF;
import static io.drawdown.wallet.domain.Given.FIRST_REQUEST;
import static io.drawdown.wallet.domain.Given.MONTH_END;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.allocation;
import static io.drawdown.wallet.domain.Given.drawDown;
import static io.drawdown.wallet.domain.Given.drawDownAt;
import static io.drawdown.wallet.domain.Given.drawnDown;
import static io.drawdown.wallet.domain.Given.expired;
import static io.drawdown.wallet.domain.Given.failed;
import static io.drawdown.wallet.domain.Given.give;
import static io.drawdown.wallet.domain.Given.given;
import static io.drawdown.wallet.domain.Given.header;
import static io.drawdown.wallet.domain.Given.opened;
import static io.drawdown.wallet.domain.Given.paid;
import static io.drawdown.wallet.domain.Given.requested;
import static io.drawdown.wallet.domain.Given.toppedUp;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.WalletCommand.ChangeSettlement;
import io.drawdown.wallet.domain.WalletCommand.ChangeStatus;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.RequestTopUp;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.WalletStatusChanged;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClosingTest {

    final FixtureConfiguration<Wallet> wallet = new AggregateTestFixture<>(Wallet.class);

    @Test
    void beingSoAlreadyChangesNothing() {
        wallet.given(opened()).when(to(WalletStatus.OPEN)).expectNoEvents();
        wallet.given(opened(), is(1, WalletStatus.PAUSED))
                .when(to(WalletStatus.PAUSED))
                .expectNoEvents();
    }

    @Nested
    class Paused {

        @Test
        void recordsUsageThatHasHappened() {
            var usage = drawDown("4");
            wallet.given(opened(), paid(1, "a", "10", "10"), is(2, WalletStatus.PAUSED))
                    .when(usage)
                    .expectEvents(drawnDown(3, usage, "4", "0", "6", allocation("grt_a", "4")));
        }

        @Test
        void holdsNothingAndTopsNothingUp() {
            for (var command : List.of(
                    new PlaceHold(WALLET, new HoldId("hld_1"), usd("1"), null, MONTH_END, null, NOW),
                    new RequestTopUp(WALLET, usd("20"), NOW))) {
                wallet.given(opened(), paid(1, "a", "10", "10"), is(2, WalletStatus.PAUSED))
                        .when(command)
                        .expectNoEvents()
                        .expectException(WalletRejection.Paused.class);
            }
        }

        @Test
        void asksForATopUpOnlyWhenItIsOpenAgain() {
            var usage = drawDown("60");
            wallet.given(opened(), toppedUp(1, "50", "200"), paid(2, "a", "100", "100"), is(3, WalletStatus.PAUSED))
                    .when(usage)
                    .expectEvents(drawnDown(4, usage, "60", "0", "40", allocation("grt_a", "60")));
            wallet.given(
                            opened(),
                            toppedUp(1, "50", "200"),
                            paid(2, "a", "100", "100"),
                            is(3, WalletStatus.PAUSED),
                            drawnDown(4, usage, "60", "0", "40", allocation("grt_a", "60")))
                    .when(to(WalletStatus.OPEN))
                    .expectEvents(is(5, WalletStatus.OPEN), requested(6, "200", "50", "40"));
        }

        /** Otherwise the sweep would look at it for ever. */
        @Test
        void hasNothingDueWhenItsBackOffIsOver() {
            var events = Stream.of(
                    opened(),
                    toppedUp(1, "50", "200"),
                    requested(2, "200", "50", "0"),
                    failed(3, FIRST_REQUEST, NOW, BACK_OFF.first()));
            var open = events.reduce(null, WalletState::evolve, (one, _) -> one);
            assertThat(open.nextDueAt()).isEqualTo(NOW.plus(BACK_OFF.first()));
            assertThat(WalletState.evolve(open, is(4, WalletStatus.PAUSED)).nextDueAt())
                    .isNull();
        }

        @Test
        void mayBeGivenCredit() {
            wallet.given(opened(), is(1, WalletStatus.PAUSED))
                    .when(give("gift", "5", null, null))
                    .expectSuccessfulHandlerExecution()
                    .expectState(after -> assertThat(after.state().settled()).isEqualTo(usd("5")));
        }
    }

    @Nested
    class Closed {

        @Test
        void forfeitsWhatIsLeftGrantByGrant() {
            wallet.given(opened(), paid(1, "a", "10", "10"), given(2, "gift", "5", 0, null, "15"))
                    .when(close(true))
                    .expectEvents(
                            new GrantForfeited(header(3), new GrantId("gift"), usd("5"), usd("10")),
                            new GrantForfeited(header(4), GrantId.ofInvoiceLine("a"), usd("10"), usd("0")),
                            is(5, WalletStatus.CLOSED));
        }

        @Test
        void orKeepsItUntilItExpires() {
            wallet.given(opened(), given(1, "gift", "5", 0, MONTH_END, "5"))
                    .when(close(false))
                    .expectEvents(is(2, WalletStatus.CLOSED));
            wallet.given(opened(), given(1, "gift", "5", 0, MONTH_END, "5"), is(2, WalletStatus.CLOSED))
                    .when(new SettleDue(WALLET, MONTH_END))
                    .expectEvents(expired(3, "gift", "5", MONTH_END, "0"));
        }

        @Test
        void onlyWhenNothingIsHeldAndNoTopUpIsUnderWay() {
            wallet.given(opened(), paid(1, "a", "10", "10"), held(2))
                    .when(close(true))
                    .expectNoEvents()
                    .expectException(WalletRejection.InUse.class);
            wallet.given(opened(), toppedUp(1, "50", "200"), requested(2, "200", "50", "0"))
                    .when(close(false))
                    .expectNoEvents()
                    .expectException(WalletRejection.InUse.class);
        }

        @Test
        void takesNoUsageNoCreditAndNoSettings() {
            for (var command : List.of(
                    drawDown("1"),
                    give("gift", "5", null, null),
                    new CreditPaidInvoice(
                            WALLET, "in_1", null, List.of(new CreditLine("il_1", usd("5"), usd("5"))), NOW),
                    new ChangeSettlement(WALLET, "mtr", Settlement.ARREARS, NOW),
                    new PlaceHold(WALLET, new HoldId("hld_1"), usd("1"), null, MONTH_END, null, NOW),
                    new RequestTopUp(WALLET, usd("20"), NOW))) {
                wallet.given(opened(), paid(1, "a", "10", "10"), is(2, WalletStatus.CLOSED))
                        .when(command)
                        .expectNoEvents()
                        .expectException(WalletRejection.Closed.class);
            }
        }

        @Test
        void asksForNothing() {
            wallet.given(
                            opened(),
                            toppedUp(1, "50", "200"),
                            given(2, "gift", "60", 0, MONTH_END, "60"),
                            is(3, WalletStatus.CLOSED))
                    .when(new SettleDue(WALLET, MONTH_END))
                    .expectEvents(expired(4, "gift", "60", MONTH_END, "0"));
        }

        @Test
        void mayBeOpenedAgain() {
            var usage = drawDownAt(MONTH_END, "4");
            wallet.given(opened(), paid(1, "a", "10", "10"), is(2, WalletStatus.CLOSED), is(3, WalletStatus.OPEN))
                    .when(usage)
                    .expectEvents(drawnDown(4, usage, "4", "0", "6", allocation("grt_a", "4")));
        }
    }

    private static ChangeStatus to(WalletStatus status) {
        return new ChangeStatus(WALLET, status, false, "asked for", NOW);
    }

    private static ChangeStatus close(boolean forfeit) {
        return new ChangeStatus(WALLET, WalletStatus.CLOSED, forfeit, "asked for", NOW);
    }

    private static WalletStatusChanged is(long sequence, WalletStatus status) {
        return new WalletStatusChanged(header(sequence), status, "asked for");
    }

    private static HoldPlaced held(long sequence) {
        return new HoldPlaced(
                header(sequence),
                new HoldId("hld_1"),
                usd("1"),
                List.of(allocation("grt_a", "1")),
                usd("0"),
                null,
                MONTH_END,
                null,
                usd("10"));
    }
}
