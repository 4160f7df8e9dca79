package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.MONTH_END;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.allocation;
import static io.drawdown.wallet.domain.Given.drawDown;
import static io.drawdown.wallet.domain.Given.drawDownAt;
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

import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.domain.WalletCommand.AdjustArrears;
import io.drawdown.wallet.domain.WalletCommand.ChangeSettlement;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.LeaveToArrears;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletEvent.ArrearsAdjusted;
import io.drawdown.wallet.domain.WalletEvent.SettlementChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/** Who pays for usage: the wallet, or a meter in Stripe. */
class SettlingTest {

    static final String METER = "mtr";
    static final SourceRange POSITION = new SourceRange(2, 40, 47);

    final FixtureConfiguration<Wallet> wallet = new AggregateTestFixture<>(Wallet.class);

    @Test
    void aMeterIsPrepaidUntilSomebodySaysOtherwise() {
        wallet.given(opened())
                .when(new ChangeSettlement(WALLET, METER, Settlement.PREPAID, NOW))
                .expectNoEvents();
        wallet.given(opened())
                .when(new ChangeSettlement(WALLET, METER, Settlement.ARREARS, NOW))
                .expectEvents(settles(1, Settlement.ARREARS));
        wallet.given(opened(), settles(1, Settlement.ARREARS))
                .when(new ChangeSettlement(WALLET, METER, Settlement.ARREARS, NOW))
                .expectNoEvents();
    }

    @Test
    void usageInArrearsTouchesNoCredit() {
        var usage = drawDown("4", "3");
        wallet.given(opened(), paid(1, "a", "10", "10"), settles(2, Settlement.ARREARS))
                .when(usage)
                .expectEvents(left(3, Settlement.ARREARS, usage.lines()));
    }

    @Test
    void usageInArrearsNeedsNoPrice() {
        var lines = List.of(left("u0"), left("u1"));
        wallet.given(opened(), settles(1, Settlement.ARREARS))
                .when(new LeaveToArrears(WALLET, lines, POSITION, NOW))
                .expectEvents(new UsageLeftToArrears(header(2), Settlement.ARREARS, lines, POSITION));
    }

    @Test
    void usageThatTheWalletPaysForIsNeverLeftAsWell() {
        for (var mode : List.of(Settlement.PREPAID, Settlement.PREPAID_THEN_ARREARS)) {
            wallet.given(opened(), settles(1, mode))
                    .when(new LeaveToArrears(WALLET, List.of(left("u0")), null, NOW))
                    .expectNoEvents()
                    .expectException(WalletRejection.NotInArrears.class);
        }
    }

    @Test
    void aMeterThatIsPrepaidAgainIsDrawnDown() {
        var usage = drawDown("4");
        wallet.given(opened(), paid(1, "a", "10", "10"), settles(2, Settlement.ARREARS), settles(3, Settlement.PREPAID))
                .when(usage)
                .expectEvents(drawnDown(4, usage, "4", "0", "6", allocation("grt_a", "4")));
    }

    @Test
    void prepaidThenArrearsTakesWholeUsageEventsOnly() {
        var usage = drawDown("4", "7", "6", "0.01");
        var drawn = only(usage, 0, 2);
        wallet.given(opened(), paid(1, "a", "10", "10"), settles(2, Settlement.PREPAID_THEN_ARREARS))
                .when(usage)
                .expectEvents(
                        drawnDown(3, drawn, "10", "0", "0", allocation("grt_a", "10")),
                        left(
                                4,
                                Settlement.PREPAID_THEN_ARREARS,
                                only(usage, 1, 3).lines()));
    }

    @Test
    void prepaidThenArrearsMakesNoOverdraftAndLeavesUsageOfNoCostToTheWallet() {
        var usage = drawDown("0", "0.01");
        wallet.given(opened(), settles(1, Settlement.PREPAID_THEN_ARREARS))
                .when(usage)
                .expectEvents(
                        drawnDown(2, only(usage, 0), "0", "0", "0"),
                        left(3, Settlement.PREPAID_THEN_ARREARS, only(usage, 1).lines()));
    }

    @Test
    void creditThatHasExpiredCoversNothing() {
        var usage = drawDownAt(MONTH_END, "1");
        wallet.given(opened(), given(1, "promo", "5", 50, MONTH_END, "5"), settles(2, Settlement.PREPAID_THEN_ARREARS))
                .when(usage)
                .expectEvents(
                        expired(3, "promo", "5", MONTH_END, "0"),
                        new UsageLeftToArrears(
                                new EventHeader(WALLET, Given.ACCOUNT, 4, MONTH_END),
                                Settlement.PREPAID_THEN_ARREARS,
                                lefts(usage.lines()),
                                null));
    }

    @Test
    void othersMetersStayPrepaid() {
        var mine = new UsageLine("/test", "u1", METER, "price", BigDecimal.ONE, usd("3"), NOW, null);
        var other = new UsageLine("/test", "u2", "other", "price", BigDecimal.ONE, usd("12"), NOW, null);
        var usage = new DrawDown(WALLET, List.of(other, mine), NOW);
        wallet.given(opened(), paid(1, "a", "10", "10"), settles(2, Settlement.PREPAID_THEN_ARREARS))
                .when(usage)
                .expectEvents(
                        drawnDown(3, only(usage, 0), "12", "2", "-2", allocation("grt_a", "10")),
                        left(4, Settlement.PREPAID_THEN_ARREARS, List.of(mine)));
    }

    @Test
    void whatTheGrantsDoNotCoverStandsWhereTheUsageOfTheDrawDownStands() {
        var lines = drawDown("4", "7").lines();
        var usage = new DrawDown(WALLET, lines, POSITION, NOW);
        wallet.given(opened(), paid(1, "a", "4", "4"), settles(2, Settlement.PREPAID_THEN_ARREARS))
                .when(usage)
                .expectEvents(
                        new UsageDrawnDown(
                                header(3),
                                usd("4"),
                                lines.subList(0, 1),
                                List.of(allocation("grt_a", "4")),
                                usd("0"),
                                usd("0"),
                                POSITION),
                        new UsageLeftToArrears(
                                header(4), Settlement.PREPAID_THEN_ARREARS, lefts(lines.subList(1, 2)), POSITION));
    }

    @Test
    void usageInArrearsIsCorrectedWithoutTouchingCredit() {
        var usage = UsageInArrears.in(left(2), "/test", "u1").orElseThrow();
        var correction = new Correction("cor", "wrong unit", "billing");
        var less = new UsageInArrears.Measure(BigDecimal.ONE, NOW);
        var first = usage.adjustedTo(less, correction).orElseThrow();
        wallet.given(opened(), settles(1, Settlement.ARREARS), left(2), settles(3, Settlement.PREPAID))
                .when(new AdjustArrears(WALLET, first, NOW))
                .expectEvents(new ArrearsAdjusted(header(4), first));
        var after = usage.after(new ArrearsAdjusted(header(4), first));
        assertThat(after.place()).isEqualTo(new UsageInArrears.Place(4, 0));
        assertThat(after.adjustedTo(new UsageInArrears.Measure(new BigDecimal("1.0"), NOW), correction))
                .isEmpty();
        var voiding = after.adjustedTo(null, correction).orElseThrow();
        assertThat(voiding.before()).isEqualTo(less);
        assertThat(after.after(new ArrearsAdjusted(header(5), voiding)).adjustedTo(less, correction))
                .isEmpty();
    }

    private static UsageLeftToArrears left(long sequence) {
        return new UsageLeftToArrears(header(sequence), Settlement.ARREARS, List.of(left("u0"), left("u1")), POSITION);
    }

    @Test
    void whatIsDrawnDownStillAsksForATopUp() {
        var usage = drawDown("4");
        wallet.given(
                        opened(),
                        toppedUp(1, "7", "20"),
                        paid(2, "a", "10", "10"),
                        settles(3, Settlement.PREPAID_THEN_ARREARS))
                .when(usage)
                .expectEvents(
                        drawnDown(4, usage, "4", "0", "6", allocation("grt_a", "4")), requested(5, "20", "7", "6"));
    }

    @Test
    void nothingIsHeldForUsageInArrears() {
        wallet.given(opened(), paid(1, "a", "10", "10"), settles(2, Settlement.ARREARS))
                .when(new PlaceHold(WALLET, new HoldId("hld_1"), usd("1"), METER, MONTH_END, null, NOW))
                .expectNoEvents()
                .expectException(WalletRejection.SettledInArrears.class);
    }

    private static SettlementChanged settles(long sequence, Settlement mode) {
        return new SettlementChanged(header(sequence), METER, mode);
    }

    private static UsageLeftToArrears left(long sequence, Settlement mode, List<UsageLine> lines) {
        return new UsageLeftToArrears(header(sequence), mode, lefts(lines), null);
    }

    private static List<LeftUsage> lefts(List<UsageLine> lines) {
        return lines.stream().map(LeftUsage::of).toList();
    }

    private static LeftUsage left(String id) {
        return new LeftUsage("/test", id, METER, BigDecimal.TEN, NOW, null);
    }

    private static DrawDown only(DrawDown usage, int... lines) {
        return new DrawDown(
                WALLET, Arrays.stream(lines).mapToObj(usage.lines()::get).toList(), usage.at());
    }
}
