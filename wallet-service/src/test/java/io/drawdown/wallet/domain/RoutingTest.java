package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.ACCOUNT;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.header;
import static io.drawdown.wallet.domain.Given.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.WalletCommand.AddWallet;
import io.drawdown.wallet.domain.WalletCommand.RouteMeter;
import io.drawdown.wallet.domain.WalletEvent.MeterRouted;
import io.drawdown.wallet.domain.WalletEvent.SettlementChanged;
import io.drawdown.wallet.domain.WalletEvent.WalletAdded;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;
import io.drawdown.wallet.domain.WalletEvent.WalletStatusChanged;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/** Which of an account's wallets pays for a meter. */
class RoutingTest {

    static final String METER = "mtr";
    static final WalletId TOKENS = WalletId.of(ACCOUNT, "tokens");
    static final WalletId STORAGE = WalletId.of(ACCOUNT, "storage");

    final FixtureConfiguration<Wallet> wallet = new AggregateTestFixture<>(Wallet.class);

    @Test
    void theMainWalletKnowsTheOthers() {
        wallet.given(opened())
                .when(new AddWallet(WALLET, TOKENS, NOW))
                .expectEvents(new WalletAdded(header(1), TOKENS))
                .expectState(main -> assertThat(main.state().routes().further()).containsExactly(TOKENS));
        wallet.given(opened(), added(1, TOKENS))
                .when(new AddWallet(WALLET, TOKENS, NOW))
                .expectNoEvents();
    }

    @Test
    void theMainWalletPaysForWhatNoOtherDoes() {
        wallet.given(opened(), added(1, TOKENS))
                .when(route(WALLET, WALLET, TOKENS, Settlement.PREPAID))
                .expectEvents(new MeterRouted(header(2), METER, TOKENS))
                .expectState(main -> {
                    assertThat(main.state().payerOf(METER)).isEqualTo(TOKENS);
                    assertThat(main.state().payerOf("other")).isEqualTo(WALLET);
                    assertThat(main.state().payerOf(null)).isEqualTo(WALLET);
                });
    }

    @Test
    void howAMeterSettlesGoesAlong() {
        wallet.given(opened(), added(1, TOKENS), new SettlementChanged(header(2), METER, Settlement.ARREARS))
                .when(route(WALLET, WALLET, TOKENS, Settlement.ARREARS))
                .expectEvents(
                        new MeterRouted(header(3), METER, TOKENS),
                        new SettlementChanged(header(4), METER, Settlement.PREPAID));
        new AggregateTestFixture<>(Wallet.class)
                .given(openedAs(TOKENS))
                .when(route(TOKENS, WALLET, TOKENS, Settlement.ARREARS))
                .expectEvents(new SettlementChanged(of(TOKENS, 1), METER, Settlement.ARREARS));
    }

    /** What was decided on the old route is refused by this event's sequence. */
    @Test
    void aFurtherWalletThatLosesAMeterRecordsIt() {
        wallet.given(openedAs(TOKENS))
                .when(route(TOKENS, TOKENS, STORAGE, Settlement.PREPAID))
                .expectEvents(new MeterRouted(of(TOKENS, 1), METER, STORAGE))
                .expectState(loser -> assertThat(loser.state().routes()).isEqualTo(Routes.NONE));
    }

    @Test
    void aClosedWalletLosesAMeterAndIsOtherwiseLeftAlone() {
        wallet.given(
                        opened(),
                        added(1, TOKENS),
                        new SettlementChanged(header(2), METER, Settlement.ARREARS),
                        new WalletStatusChanged(header(3), WalletStatus.CLOSED, "gone"))
                .when(route(WALLET, WALLET, TOKENS, Settlement.ARREARS))
                .expectEvents(new MeterRouted(header(4), METER, TOKENS));
    }

    @Test
    void whatAMeterLeftBehindInAClosedWalletIsSetAnewWhenItComesBack() {
        wallet.given(
                        opened(),
                        added(1, TOKENS),
                        new SettlementChanged(header(2), METER, Settlement.ARREARS),
                        new WalletStatusChanged(header(3), WalletStatus.CLOSED, "gone"),
                        new MeterRouted(header(4), METER, TOKENS),
                        new WalletStatusChanged(header(5), WalletStatus.OPEN, "back"))
                .when(route(WALLET, TOKENS, WALLET, Settlement.PREPAID))
                .expectEvents(
                        new MeterRouted(header(6), METER, WALLET),
                        new SettlementChanged(header(7), METER, Settlement.PREPAID));
    }

    @Test
    void aMeterMayComeBackToTheMainWallet() {
        wallet.given(opened(), added(1, TOKENS), new MeterRouted(header(2), METER, TOKENS))
                .when(route(WALLET, TOKENS, WALLET, Settlement.ARREARS))
                .expectEvents(
                        new MeterRouted(header(3), METER, WALLET),
                        new SettlementChanged(header(4), METER, Settlement.ARREARS))
                .expectState(main -> assertThat(main.state().routes().payers()).isEmpty());
    }

    @Test
    void refusesWhatWasDecidedOnAnOldRouteOrMode() {
        wallet.given(opened(), added(1, TOKENS), new MeterRouted(header(2), METER, TOKENS))
                .when(route(WALLET, WALLET, TOKENS, Settlement.PREPAID))
                .expectNoEvents()
                .expectException(WalletRejection.RouteMoved.class);
        new AggregateTestFixture<>(Wallet.class)
                .given(openedAs(TOKENS), new SettlementChanged(of(TOKENS, 1), METER, Settlement.ARREARS))
                .when(route(TOKENS, TOKENS, STORAGE, Settlement.PREPAID))
                .expectNoEvents()
                .expectException(WalletRejection.RouteMoved.class);
    }

    @Test
    void refusesAWalletThatIsNotTheAccountsOrIsClosed() {
        wallet.given(opened())
                .when(route(WALLET, WALLET, TOKENS, Settlement.PREPAID))
                .expectNoEvents()
                .expectException(WalletRejection.NotOfAccount.class);
        new AggregateTestFixture<>(Wallet.class)
                .given(openedAs(TOKENS), new WalletStatusChanged(of(TOKENS, 1), WalletStatus.CLOSED, "gone"))
                .when(route(TOKENS, WALLET, TOKENS, Settlement.PREPAID))
                .expectNoEvents()
                .expectException(WalletRejection.Closed.class);
    }

    private static RouteMeter route(WalletId handledBy, WalletId from, WalletId to, Settlement mode) {
        return new RouteMeter(handledBy, METER, from, to, mode, NOW);
    }

    private static WalletAdded added(long sequence, WalletId added) {
        return new WalletAdded(header(sequence), added);
    }

    private static WalletOpened openedAs(WalletId id) {
        return new WalletOpened(of(id, 0), USD, Zone.UTC);
    }

    private static EventHeader of(WalletId id, long sequence) {
        return new EventHeader(id, ACCOUNT, sequence, NOW);
    }
}
