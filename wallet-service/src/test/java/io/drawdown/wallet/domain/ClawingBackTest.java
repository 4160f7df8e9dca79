package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.allocation;
import static io.drawdown.wallet.domain.Given.drawDown;
import static io.drawdown.wallet.domain.Given.drawnDown;
import static io.drawdown.wallet.domain.Given.given;
import static io.drawdown.wallet.domain.Given.header;
import static io.drawdown.wallet.domain.Given.opened;
import static io.drawdown.wallet.domain.Given.paid;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A grant "grt_a" of 100 that cost 90, and what becomes of it when the 90 go back. */
class ClawingBackTest {

    static final GrantId GRANT = new GrantId("grt_a");

    static final Grant GRANTED = new Grant(GRANT, usd("100"), GrantKind.PAID, 50, NOW, null, List.of(), NOW);

    final FixtureConfiguration<Wallet> wallet = new AggregateTestFixture<>(Wallet.class);

    @ParameterizedTest
    @CsvSource({"90, 100", "45, 50", "30, 33.333333333333", "0, 0", "90.01, 100"})
    void creditGoesInProportionToTheMoney(String takenBack, String credit) {
        assertThat(reversed(takenBack).credit()).isEqualTo(usd(credit));
    }

    @Test
    void creditThatCostNothingStays() {
        assertThat(new ReversedGrant(GRANTED, usd("0"), usd("5")).credit()).isEqualTo(usd("0"));
    }

    @Test
    void clawsBackWhatIsLeftOfTheGrantAndOwesTheRest() {
        wallet.given(opened(), bought(), drawnDown(2, drawDown("30"), "30", "0", "70", allocation("grt_a", "30")))
                .when(follow("re_1", "90", NOW))
                .expectEvents(clawed(3, "re_1", "100", "90", "30", "-30"));
    }

    @Test
    void whatIsOwedIsTakenFromOtherCreditForEverything() {
        wallet.given(
                        opened(),
                        bought(),
                        drawnDown(2, drawDown("30"), "30", "0", "70", allocation("grt_a", "30")),
                        given(3, "gift", "50", 50, null, "120"))
                .when(follow("re_1", "90", NOW))
                .expectEvents(
                        clawed(4, "re_1", "100", "90", "30", "20"),
                        new OverdraftRepaid(header(5), usd("30"), List.of(allocation("gift", "30")), usd("20")));
    }

    @Test
    void theSameStateAgainOrAnOlderOneChangesNothing() {
        wallet.given(opened(), bought(), clawed(2, "re_1", "50", "45", "0", "50"))
                .when(follow("re_1", "45", NOW))
                .expectNoEvents();
        new AggregateTestFixture<>(Wallet.class)
                .given(opened(), bought(), clawed(2, "re_1", "50", "45", "0", "50"))
                .when(follow("re_1", "0", NOW.minusMillis(1)))
                .expectNoEvents();
    }

    @Test
    void aLaterStateTakesOnlyWhatIsMore() {
        wallet.given(opened(), bought(), clawed(2, "re_1", "50", "45", "0", "50"))
                .when(follow("re_1", "90", NOW))
                .expectEvents(clawed(3, "re_1", "50", "45", "0", "0"));
    }

    /** A payment that was refunded and is disputed as well takes the credit once. */
    @Test
    void severalReversalsTakeNoMoreThanTheGrant() {
        wallet.given(opened(), bought(), clawed(2, "re_1", "50", "45", "0", "50"))
                .when(follow("du_1", "90", NOW))
                .expectEvents(clawed(3, "du_1", "50", "90", "0", "0"));
    }

    @Test
    void aWonDisputeGivesBackToTheSameGrant() {
        wallet.given(opened(), bought(), clawed(2, "du_1", "100", "90", "0", "0"))
                .when(follow("du_1", "0", NOW))
                .expectEvents(gave(3, "du_1", "100", "90", "0", "100"));
    }

    @Test
    void whatIsGivenBackRepaysAnOverdraftFirst() {
        wallet.given(
                        opened(),
                        bought(),
                        drawnDown(2, drawDown("30"), "30", "0", "70", allocation("grt_a", "30")),
                        clawed(3, "du_1", "100", "90", "30", "-30"))
                .when(follow("du_1", "0", NOW))
                .expectEvents(gave(4, "du_1", "100", "90", "30", "70"));
    }

    @Test
    void whatWasGivenBackBurnsAsBefore() {
        var usage = drawDown("100");
        wallet.given(
                        opened(),
                        bought(),
                        clawed(2, "du_1", "100", "90", "0", "0"),
                        gave(3, "du_1", "100", "90", "0", "100"))
                .when(usage)
                .expectEvents(drawnDown(4, usage, "100", "0", "0", allocation("grt_a", "100")));
    }

    @Test
    void refusesWhatItNeverGranted() {
        wallet.given(opened()).when(follow("re_1", "90", NOW)).expectException(WalletRejection.UnknownGrant.class);
    }

    @Test
    void boughtCreditIsNotVoidedButRefunded() {
        wallet.given(opened(), paid(1, "a", "100", "100"))
                .when(new VoidGrant(WALLET, GRANT, "mistake", NOW))
                .expectException(WalletRejection.BoughtGrant.class);
    }

    private static WalletEvent bought() {
        return paid(1, "a", "100", "100");
    }

    private static ReversedGrant reversed(String takenBack) {
        return new ReversedGrant(GRANTED, usd("90"), usd(takenBack));
    }

    private static FollowReversal follow(String reversalId, String takenBack, Instant seenAt) {
        return new FollowReversal(WALLET, reversalId, "refund", reversed(takenBack), seenAt, NOW);
    }

    private static CreditClawedBack clawed(
            long sequence, String reversalId, String amount, String cost, String overdraft, String settledAfter) {
        return new CreditClawedBack(
                header(sequence),
                GRANT,
                reversalId,
                "refund",
                usd(amount),
                usd(cost),
                amount.equals(overdraft)
                        ? List.of()
                        : List.of(new Allocation(GRANT, usd(amount).minus(usd(overdraft)))),
                usd(overdraft),
                usd("0"),
                NOW,
                usd(settledAfter));
    }

    private static CreditGivenBack gave(
            long sequence, String reversalId, String amount, String cost, String repaid, String settledAfter) {
        return new CreditGivenBack(
                header(sequence),
                GRANTED.leaving(usd(amount)),
                reversalId,
                "refund",
                usd(cost),
                usd(repaid),
                usd("0"),
                NOW,
                usd(settledAfter));
    }
}
