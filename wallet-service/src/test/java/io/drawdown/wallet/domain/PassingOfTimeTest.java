package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.ACCOUNT;
import static io.drawdown.wallet.domain.Given.MONTH_END;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.allocation;
import static io.drawdown.wallet.domain.Given.drawDown;
import static io.drawdown.wallet.domain.Given.drawDownAt;
import static io.drawdown.wallet.domain.Given.drawnDown;
import static io.drawdown.wallet.domain.Given.expired;
import static io.drawdown.wallet.domain.Given.give;
import static io.drawdown.wallet.domain.Given.given;
import static io.drawdown.wallet.domain.Given.opened;
import static io.drawdown.wallet.domain.Given.paid;
import static io.drawdown.wallet.domain.Given.toppedUp;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/** What a wallet does because an instant has come. */
class PassingOfTimeTest {

    static final Instant A_MOMENT_BEFORE = MONTH_END.minusMillis(1);

    final FixtureConfiguration<Wallet> wallet = new AggregateTestFixture<>(Wallet.class);

    @Test
    void whatIsUnspentExpiresOnTheInstant() {
        wallet.given(opened(), given(1, "promo", "5", 50, MONTH_END, "5"))
                .when(settle(MONTH_END))
                .expectEvents(expired(2, "promo", "5", MONTH_END, "0"));
    }

    @Test
    void nothingExpiresAMomentBefore() {
        wallet.given(opened(), given(1, "promo", "5", 50, MONTH_END, "5"))
                .when(settle(A_MOMENT_BEFORE))
                .expectNoEvents();
    }

    @Test
    void onlyWhatIsUnspentExpires() {
        var usage = drawDown("2");
        wallet.given(
                        opened(),
                        given(1, "promo", "5", 50, MONTH_END, "5"),
                        drawnDown(2, usage, "2", "0", "3", allocation("promo", "2")))
                .when(settle(MONTH_END))
                .expectEvents(expired(3, "promo", "3", MONTH_END, "0"));
    }

    /** A sweep that comes a day late still records what happened when. */
    @Test
    void expiriesAreRecordedAsOfTheirInstantsInTheirOrder() {
        var later = MONTH_END.plus(Duration.ofHours(1));
        wallet.given(opened(), given(1, "later", "5", 0, later, "5"), given(2, "sooner", "7", 50, MONTH_END, "12"))
                .when(settle(MONTH_END.plus(Duration.ofDays(1))))
                .expectEvents(expired(3, "sooner", "7", MONTH_END, "5"), expired(4, "later", "5", later, "0"));
    }

    @Test
    void usageAtTheInstantOfAnExpiryIsNotCoveredAndAMomentBeforeItIs() {
        var tooLate = drawDownAt(MONTH_END, "1");
        var justInTime = drawDownAt(A_MOMENT_BEFORE, "1");
        wallet.given(opened(), given(1, "promo", "5", 50, MONTH_END, "5"))
                .when(tooLate)
                .expectEvents(expired(2, "promo", "5", MONTH_END, "0"), drawnDown(3, tooLate, "1", "1", "-1"));
        new AggregateTestFixture<>(Wallet.class)
                .given(opened(), given(1, "promo", "5", 50, MONTH_END, "5"))
                .when(justInTime)
                .expectEvents(drawnDown(2, justInTime, "1", "0", "4", allocation("promo", "1")));
    }

    @Test
    void usageAtTheInstantAtWhichAGrantBeginsIsCovered() {
        var usage = drawDownAt(MONTH_END, "1");
        wallet.given(opened(), begins(1, "5"))
                .when(usage)
                .expectEvents(drawnDown(2, usage, "1", "0", "4", allocation("g", "1")));
    }

    @Test
    void usageBeforeAGrantBeginsIsNotCoveredAndIsRepaidWhenItDoes() {
        var usage = drawDownAt(A_MOMENT_BEFORE, "1");
        wallet.given(opened(), begins(1, "5")).when(usage).expectEvents(drawnDown(2, usage, "1", "1", "4"));
        new AggregateTestFixture<>(Wallet.class)
                .given(opened(), begins(1, "5"), drawnDown(2, usage, "1", "1", "4"))
                .when(settle(MONTH_END))
                .expectEvents(new OverdraftRepaid(
                        new EventHeader(WALLET, ACCOUNT, 3, MONTH_END),
                        usd("1"),
                        List.of(allocation("g", "1")),
                        usd("4")));
    }

    @Test
    void anExpiryThatLeavesLessThanTheThresholdAsksForATopUp() {
        wallet.given(
                        opened(),
                        toppedUp(1, "50", "200"),
                        given(2, "promo", "20", 50, MONTH_END, "20"),
                        paid(3, "a", "40", "60"))
                .when(settle(MONTH_END))
                .expectEvents(
                        expired(4, "promo", "20", MONTH_END, "40"),
                        new ReplenishRequested(
                                new EventHeader(WALLET, ACCOUNT, 5, MONTH_END),
                                WALLET.replenishment(1),
                                usd("200"),
                                usd("50"),
                                usd("40"),
                                false,
                                null));
    }

    @Test
    void aClockThatIsBehindDecidesAsOfTheLastEvent() {
        var usage = drawDownAt(NOW.minus(Duration.ofMinutes(1)), "1");
        wallet.given(opened(), paid(1, "a", "5", "5"))
                .when(usage)
                .expectEvents(drawnDown(2, drawDownAt(NOW, "1"), "1", "0", "4", allocation("grt_a", "1")));
    }

    @Test
    void aWalletKnowsWhenItHasSomethingDue() {
        var state = evolved(opened(), paid(1, "a", "5", "5"));
        assertThat(state.nextDueAt()).isNull();
        state = evolved(
                opened(),
                given(1, "x", "5", 50, MONTH_END.plusSeconds(1), "5"),
                given(2, "y", "5", 50, MONTH_END, "10"));
        assertThat(state.nextDueAt()).isEqualTo(MONTH_END);
        state = evolved(opened(), begins(1, "5"));
        assertThat(state.nextDueAt())
                .as("only an overdraft waits for credit to begin")
                .isNull();
        state = evolved(opened(), begins(1, "5"), drawnDown(2, drawDown("1"), "1", "1", "4"));
        assertThat(state.nextDueAt()).isEqualTo(MONTH_END);
    }

    /** Stored instants have milliseconds; a wallet in memory must not know more than its events. */
    @Test
    void finerInstantsThanAreStoredAreCutAtTheDoor() {
        var command = give("g", "1", NOW.plusNanos(1_999_999), MONTH_END.plusNanos(1), "b", "a", "b");
        assertThat(command.effectiveAt()).isEqualTo(NOW.plusMillis(1));
        assertThat(command.expiresAt()).isEqualTo(MONTH_END);
        assertThat(command.meterIds()).containsExactly("a", "b");
    }

    private static WalletState evolved(WalletEvent... events) {
        WalletState state = null;
        for (var event : events) {
            state = WalletState.evolve(state, event);
        }
        return state;
    }

    private static SettleDue settle(Instant at) {
        return new SettleDue(WALLET, at);
    }

    /** A grant "g" that begins at the month's end. */
    private static CreditGranted begins(long sequence, String amount) {
        return new CreditGranted(
                Given.header(sequence),
                new GrantId("g"),
                usd(amount),
                usd("0"),
                GrantKind.PROMOTIONAL,
                50,
                MONTH_END,
                null,
                List.of(),
                null,
                usd("0"),
                new GrantCause.Given("welcome"),
                usd(amount));
    }
}
