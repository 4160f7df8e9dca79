package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.ACCOUNT;
import static io.drawdown.wallet.domain.Given.MONTH_END;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.allocation;
import static io.drawdown.wallet.domain.Given.drawDown;
import static io.drawdown.wallet.domain.Given.drawnDown;
import static io.drawdown.wallet.domain.Given.expired;
import static io.drawdown.wallet.domain.Given.given;
import static io.drawdown.wallet.domain.Given.header;
import static io.drawdown.wallet.domain.Given.opened;
import static io.drawdown.wallet.domain.Given.paid;
import static io.drawdown.wallet.domain.Given.requested;
import static io.drawdown.wallet.domain.Given.toppedUp;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.WalletCommand.CaptureHold;
import io.drawdown.wallet.domain.WalletCommand.ChangeOverdraftLimit;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.ReleaseHold;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import io.drawdown.wallet.domain.WalletEvent.HoldCaptured;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.HoldReleased;
import io.drawdown.wallet.domain.WalletEvent.OverdraftLimitChanged;
import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/** Credit is reserved lot by lot, spent from what was reserved, and given back to where it came from. */
class HoldingTest {

    static final HoldId HOLD = new HoldId("h");
    static final Instant LATER = NOW.plusSeconds(900);

    final FixtureConfiguration<Wallet> wallet = new AggregateTestFixture<>(Wallet.class);

    @Test
    void reservesInBurnOrderAndLeavesTheSettledBalance() {
        wallet.given(opened(), paid(1, "a", "10", "10"), given(2, "promo", "5", 50, MONTH_END, "15"))
                .when(place("7"))
                .expectEvents(placed(3, "7", "0", "15", allocation("promo", "5"), allocation("grt_a", "2")));
    }

    @Test
    void theSameHoldAgainChangesNothing() {
        wallet.given(opened(), paid(1, "a", "10", "10"), placed(2, "7", "0", "10", allocation("grt_a", "7")))
                .when(place("7"))
                .expectNoEvents();
    }

    @Test
    void refusesToReserveMoreThanThereIs() {
        wallet.given(opened(), paid(1, "a", "10", "10"), placed(2, "7", "0", "10", allocation("grt_a", "7")))
                .when(new PlaceHold(WALLET, new HoldId("other"), usd("3.01"), null, LATER, null, NOW))
                .expectException(WalletRejection.InsufficientCredit.class);
        refused(new PlaceHold(WALLET, HOLD, usd("0"), null, LATER, null, NOW), WalletRejection.EmptyHold.class);
        refused(new PlaceHold(WALLET, HOLD, usd("1"), null, NOW, null, NOW), WalletRejection.ExpiredHold.class);
    }

    @Test
    void reservesUpToTheOverdraftLimit() {
        wallet.given(opened(), paid(1, "a", "10", "10"), limit(2, "5"))
                .when(place("15"))
                .expectEvents(placed(3, "15", "5", "10", allocation("grt_a", "10")));
        new AggregateTestFixture<>(Wallet.class)
                .given(opened(), paid(1, "a", "10", "10"), limit(2, "5"))
                .when(place("15.01"))
                .expectException(WalletRejection.InsufficientCredit.class);
    }

    @Test
    void theLimitIsSetOnce() {
        wallet.given(opened(), limit(1, "5"))
                .when(new ChangeOverdraftLimit(WALLET, usd("5.00"), NOW))
                .expectNoEvents();
    }

    @Test
    void usageDoesNotTouchWhatIsReserved() {
        var usage = drawDown("4");
        wallet.given(opened(), paid(1, "a", "10", "10"), placed(2, "7", "0", "10", allocation("grt_a", "7")))
                .when(usage)
                .expectEvents(drawnDown(3, usage, "4", "1", "6", allocation("grt_a", "3")));
    }

    @Test
    void capturesAPartAndGivesTheRestBackToItsGrants() {
        wallet.given(
                        opened(),
                        given(1, "promo", "5", 50, MONTH_END, "5"),
                        paid(2, "a", "10", "15"),
                        placed(3, "7", "0", "15", allocation("promo", "5"), allocation("grt_a", "2")))
                .when(new CaptureHold(WALLET, HOLD, usd("5.5"), false, "render", NOW))
                .expectEvents(
                        captured(4, "5.5", "0", "9.5", allocation("promo", "5"), allocation("grt_a", "0.5")),
                        released(5, NOW, "1.5", HoldEnd.CAPTURED, "9.5", allocation("grt_a", "1.5")));
    }

    @Test
    void theRestStaysReservedWhenItShall() {
        wallet.given(opened(), paid(1, "a", "10", "10"), placed(2, "7", "0", "10", allocation("grt_a", "7")))
                .when(new CaptureHold(WALLET, HOLD, usd("5"), true, "render", NOW))
                .expectEvents(captured(3, "5", "0", "5", allocation("grt_a", "5")));
    }

    @Test
    void aHoldThatIsCapturedWholeIsNoneAnyMore() {
        wallet.given(
                        opened(),
                        paid(1, "a", "10", "10"),
                        placed(2, "7", "0", "10", allocation("grt_a", "7")),
                        captured(3, "7", "0", "3", allocation("grt_a", "7")))
                .when(new ReleaseHold(WALLET, HOLD, NOW))
                .expectException(WalletRejection.UnknownHold.class);
    }

    @Test
    void refusesToCaptureMoreThanIsReserved() {
        for (var amount : List.of("7.01", "0", "-1")) {
            new AggregateTestFixture<>(Wallet.class)
                    .given(opened(), paid(1, "a", "10", "10"), placed(2, "7", "0", "10", allocation("grt_a", "7")))
                    .when(new CaptureHold(WALLET, HOLD, usd(amount), false, null, NOW))
                    .expectException(WalletRejection.CaptureOutOfRange.class);
        }
    }

    @Test
    void timesOutOnTheInstantByItself() {
        wallet.given(opened(), paid(1, "a", "10", "10"), placed(2, "7", "0", "10", allocation("grt_a", "7")))
                .when(new SettleDue(WALLET, LATER.plusSeconds(60)))
                .expectEvents(released(3, LATER, "7", HoldEnd.TIMED_OUT, "10", allocation("grt_a", "7")));
        new AggregateTestFixture<>(Wallet.class)
                .given(opened(), paid(1, "a", "10", "10"), placed(2, "7", "0", "10", allocation("grt_a", "7")))
                .when(new SettleDue(WALLET, LATER.minusMillis(1)))
                .expectNoEvents();
    }

    /** Else a hold that is given back would make permanent credit of what should be gone. */
    @Test
    void whatGoesBackToAnExpiredGrantExpires() {
        wallet.given(
                        opened(),
                        given(1, "promo", "5", 50, NOW.plusSeconds(60), "5"),
                        placed(2, "3", "0", "5", allocation("promo", "3")),
                        expired(3, "promo", "2", NOW.plusSeconds(60), "3"))
                .when(new ReleaseHold(WALLET, HOLD, NOW.plusSeconds(120)))
                .expectEvents(
                        released(4, NOW.plusSeconds(120), "3", HoldEnd.RELEASED, "3", allocation("promo", "3")),
                        expired(5, "promo", "3", NOW.plusSeconds(120), "0"));
    }

    /** Nobody gets credit for longer by reserving it: what the work did not need by then is lost as if it had never been held. */
    @Test
    void theRestOfWhatWasCapturedTimesOutAndExpiresWithItsGrant() {
        wallet.given(
                        opened(),
                        given(1, "promo", "5", 50, NOW.plusSeconds(60), "5"),
                        placed(2, "3", "0", "5", allocation("promo", "3")),
                        captured(3, "1", "0", "4", allocation("promo", "1")))
                .when(new SettleDue(WALLET, LATER.plusSeconds(60)))
                .expectEvents(
                        expired(4, "promo", "2", NOW.plusSeconds(60), "2"),
                        released(5, LATER, "2", HoldEnd.TIMED_OUT, "2", allocation("promo", "2")),
                        expired(6, "promo", "2", LATER, "0"));
    }

    /** It may be someone else's by now. What is to be paid for still is sent as usage. */
    @Test
    void whatHasTimedOutCannotBeCapturedAlthoughNobodyHasRecordedItsEnd() {
        wallet.given(opened(), paid(1, "a", "10", "10"), placed(2, "7", "0", "10", allocation("grt_a", "7")))
                .when(new CaptureHold(WALLET, HOLD, usd("1"), false, "render", LATER))
                .expectException(WalletRejection.UnknownHold.class);
        new AggregateTestFixture<>(Wallet.class)
                .given(opened(), paid(1, "a", "10", "10"), placed(2, "7", "0", "10", allocation("grt_a", "7")))
                .when(new CaptureHold(WALLET, HOLD, usd("7"), false, "render", LATER.minusMillis(1)))
                .expectSuccessfulHandlerExecution();
    }

    /** It began before it expired: this once went round for ever. */
    @Test
    void whatGoesBackToAnExpiredGrantRepaysNoOverdraft() {
        var usage = drawDown("4");
        wallet.given(
                        opened(),
                        given(1, "promo", "5", 50, NOW.plusSeconds(60), "5"),
                        placed(2, "3", "0", "5", allocation("promo", "3")),
                        drawnDown(3, usage, "4", "2", "1", allocation("promo", "2")))
                .when(new ReleaseHold(WALLET, HOLD, NOW.plusSeconds(120)))
                .expectEvents(
                        released(4, NOW.plusSeconds(120), "3", HoldEnd.RELEASED, "1", allocation("promo", "3")),
                        expired(5, "promo", "3", NOW.plusSeconds(120), "-2"));
    }

    @Test
    void whatIsReservedDoesNotExpireAndCanBeCapturedStill() {
        var after = NOW.plusSeconds(120);
        wallet.given(
                        opened(),
                        given(1, "promo", "5", 50, NOW.plusSeconds(60), "5"),
                        placed(2, "3", "0", "5", allocation("promo", "3")))
                .when(new CaptureHold(WALLET, HOLD, usd("3"), false, "render", after))
                .expectEvents(
                        expired(3, "promo", "2", NOW.plusSeconds(60), "3"),
                        new HoldCaptured(
                                new EventHeader(WALLET, ACCOUNT, 4, after),
                                HOLD,
                                usd("3"),
                                List.of(allocation("promo", "3")),
                                usd("0"),
                                null,
                                "render",
                                usd("0")));
    }

    @Test
    void whatGoesBackToAVoidedGrantIsGoneToo() {
        var promo = new GrantId("promo");
        wallet.given(
                        opened(),
                        given(1, "promo", "5", 50, null, "5"),
                        placed(2, "3", "0", "5", allocation("promo", "3")),
                        new GrantVoided(header(3), promo, usd("2"), "mistake", usd("3")))
                .when(new ReleaseHold(WALLET, HOLD, NOW))
                .expectEvents(
                        released(4, NOW, "3", HoldEnd.RELEASED, "3", allocation("promo", "3")),
                        expired(5, "promo", "3", NOW, "0"));
        new AggregateTestFixture<>(Wallet.class)
                .given(
                        opened(),
                        given(1, "promo", "5", 50, null, "5"),
                        placed(2, "3", "0", "5", allocation("promo", "3")))
                .when(new VoidGrant(WALLET, promo, "mistake", NOW))
                .expectEvents(new GrantVoided(header(3), promo, usd("2"), "mistake", usd("3")));
    }

    @Test
    void aGrantThatIsHeldAsAWholeIsNotTakenBackAndNotCalledSpent() {
        wallet.given(
                        opened(),
                        given(1, "promo", "5", 50, null, "5"),
                        placed(2, "5", "0", "5", allocation("promo", "5")))
                .when(new VoidGrant(WALLET, new GrantId("promo"), "mistake", NOW))
                .expectException(WalletRejection.HeldGrant.class);
    }

    @Test
    void whatGoesBackRepaysAnOverdraft() {
        var usage = drawDown("5");
        wallet.given(
                        opened(),
                        paid(1, "a", "10", "10"),
                        placed(2, "7", "0", "10", allocation("grt_a", "7")),
                        drawnDown(3, usage, "5", "2", "5", allocation("grt_a", "3")))
                .when(new ReleaseHold(WALLET, HOLD, NOW))
                .expectEvents(
                        released(4, NOW, "7", HoldEnd.RELEASED, "5", allocation("grt_a", "7")),
                        new OverdraftRepaid(header(5), usd("2"), List.of(allocation("grt_a", "2")), usd("5")));
    }

    @Test
    void aHoldThatLeavesLessThanTheThresholdAsksForATopUp() {
        wallet.given(opened(), toppedUp(1, "50", "200"), paid(2, "a", "52", "52"))
                .when(place("3"))
                .expectEvents(placed(3, "3", "0", "52", allocation("grt_a", "3")), requested(4, "200", "50", "49"));
    }

    @Test
    void creditForAMeterIsReservedForThatMeterFirst() {
        var scoped = new Grant(new GrantId("s"), usd("4"), GrantKind.PROMOTIONAL, 0, NOW, null, List.of("mtr_a"), NOW);
        var burning = new Burning(List.of(scoped), NOW);
        assertThat(burning.take(usd("3"), "mtr_a")).isEqualTo(usd("0"));
        assertThat(burning.take(usd("3"), "mtr_b")).isEqualTo(usd("3"));
    }

    private void refused(PlaceHold command, Class<? extends Exception> refusal) {
        new AggregateTestFixture<>(Wallet.class)
                .given(opened(), paid(1, "a", "10", "10"))
                .when(command)
                .expectException(refusal);
    }

    private static PlaceHold place(String amount) {
        return new PlaceHold(WALLET, HOLD, Money.of(amount, USD), null, LATER, "render", NOW);
    }

    private static OverdraftLimitChanged limit(long sequence, String amount) {
        return new OverdraftLimitChanged(header(sequence), usd(amount));
    }

    private static HoldPlaced placed(
            long sequence, String amount, String overdraft, String settledAfter, Allocation... allocations) {
        return new HoldPlaced(
                header(sequence),
                HOLD,
                usd(amount),
                List.of(allocations),
                usd(overdraft),
                null,
                LATER,
                "render",
                usd(settledAfter));
    }

    private static HoldCaptured captured(
            long sequence, String amount, String overdraft, String settledAfter, Allocation... allocations) {
        return new HoldCaptured(
                header(sequence),
                HOLD,
                usd(amount),
                List.of(allocations),
                usd(overdraft),
                null,
                "render",
                usd(settledAfter));
    }

    private static HoldReleased released(
            long sequence, Instant at, String amount, HoldEnd end, String settledAfter, Allocation... allocations) {
        return new HoldReleased(
                new EventHeader(WALLET, ACCOUNT, sequence, at),
                HOLD,
                usd(amount),
                List.of(allocations),
                usd("0"),
                end,
                usd(settledAfter));
    }
}
