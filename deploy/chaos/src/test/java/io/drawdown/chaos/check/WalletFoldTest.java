package io.drawdown.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.Money;
import io.drawdown.events.wallet.Allocation;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.ReplenishActionRequired;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentDisabled;
import io.drawdown.events.wallet.ReplenishmentHeldBack;
import io.drawdown.events.wallet.ReplenishmentOutcome;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.ReturnedCredit;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.UsageLine;
import io.drawdown.events.wallet.WalletOpened;
import io.drawdown.events.wallet.WalletStatus;
import io.drawdown.events.wallet.WalletStatusChanged;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A check that cannot fail proves nothing: each rule is broken here once. */
class WalletFoldTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final LocalClock UTC = new LocalClock(ZoneId.of("UTC"));
    private static final LocalClock KATHMANDU = new LocalClock(ZoneId.of("Asia/Kathmandu"));
    private static final String WALLET = "wal_acme";
    private static final String ACCOUNT = "acme";

    @Test
    void findsNothingWrongWithAProperHistory() {
        var fold = fold(
                opened(),
                granted(1, "late", 50, "10", "10"),
                granted(2, "soon", 10, "5", "15"),
                drawn(3, "7", "8", allocation("soon", "5"), allocation("late", "2")),
                held(4, "h", "3", "8", allocation("late", "3")),
                captured(5, "h", "3", "5", allocation("late", "3")));

        assertThat(fold.violations()).isEmpty();
        assertThat(fold.settled()).isEqualByComparingTo("5");
        assertThat(fold.held()).isZero();
    }

    @Test
    void seesAGap() {
        assertThat(fold(opened(), granted(2, "g", 50, "10", "10")).violations())
                .singleElement()
                .asString()
                .contains("does not follow");
    }

    @Test
    void seesTheWrongGrantBurned() {
        var fold = fold(
                opened(),
                granted(1, "late", 50, "10", "10"),
                granted(2, "soon", 10, "5", "15"),
                drawn(3, "4", "11", allocation("late", "4")));

        assertThat(fold.violations()).anyMatch(words -> words.contains("where the burn order says"));
    }

    @Test
    void seesABalanceThatIsOff() {
        assertThat(fold(opened(), granted(1, "g", 50, "10", "10"), drawn(2, "4", "6.01", allocation("g", "4")))
                        .violations())
                .singleElement()
                .asString()
                .contains("the balance after it is 6.01, which is 6");
    }

    @Test
    void seesAGrantThatCameTwice() {
        assertThat(fold(opened(), granted(1, "g", 50, "10", "10"), granted(2, "g", 50, "10", "20"))
                        .violations())
                .anyMatch(words -> words.contains("a second time"));
    }

    @Test
    void seesMoreHeldThanThereIs() {
        assertThat(fold(opened(), granted(1, "g", 50, "10", "10"), held(2, "h", "11", "10", allocation("g", "10")))
                        .violations())
                .anyMatch(words -> words.contains("holds 11 of the 10"));
    }

    @Test
    void seesACaptureOfAHoldThatIsNotOpen() {
        assertThat(fold(opened(), captured(1, "h", "1", "0")).violations())
                .singleElement()
                .asString()
                .contains("which is not open");
    }

    @Test
    void seesASecondTopUpWhileOneIsPending() {
        assertThat(fold(opened(), policy(1, null), requested(2, "r1", "20"), requested(3, "r2", "20"))
                        .violations())
                .anyMatch(words -> words.contains("while r1 is pending"));
    }

    @Test
    void seesATopUpWithinTheBackOff() {
        assertThat(fold(opened(), policy(1, null), requested(2, "r1", "20"), failed(3, "r1"), requested(4, "r2", "20"))
                        .violations())
                .anyMatch(words -> words.contains("asks for a top-up at"));
    }

    /** By the next event that belongs to another decision, or by the end. */
    @Test
    void seesAWalletThatDoesNotAskWhenItHasTo() {
        var drawn = drawn(3, "25", "5", allocation("g", "25"));

        assertThat(fold(opened(), granted(1, "g", 50, "30", "30"), policy(2, null), drawn)
                        .violations())
                .singleElement()
                .asString()
                .contains("no top-up is asked for");
        assertThat(fold(
                                opened(),
                                granted(1, "g", 50, "30", "30"),
                                policy(2, null),
                                drawn,
                                granted(4, "h", 50, "10", "15"))
                        .violations())
                .singleElement()
                .asString()
                .contains("no top-up was asked for");
        assertThat(fold(opened(), granted(1, "g", 50, "30", "30"), policy(2, null), drawn, asked(4, "r1"))
                        .violations())
                .isEmpty();
    }

    @Test
    void seesAWalletThatDoesNotAskWhenAPolicyIsSet() {
        assertThat(fold(opened(), policy(1, null)).violations())
                .singleElement()
                .asString()
                .contains("no top-up is asked for");
        assertThat(fold(opened(), policy(1, null), requested(2, "r1", "20")).violations())
                .isEmpty();
    }

    @Test
    void seesAWalletThatDoesNotAskAgainWhenATopUpWasNotEnough() {
        var history = List.<SpecificRecord>of(
                opened(),
                granted(1, "g", 50, "30", "30"),
                policy(2, null),
                drawn(3, "25", "5", allocation("g", "25")),
                asked(4, "r1"));

        assertThat(violationsOf(history, paid(5, "r1")))
                .singleElement()
                .asString()
                .contains("no top-up is asked for");
        assertThat(violationsOf(history, failed(5, "r1"))).isEmpty();
    }

    @Test
    void expectsNoTopUpOfAWalletThatMayNotAsk() {
        var drawn = drawn(3, "25", "5", allocation("g", "25"));
        var off = policy(2, null);
        off.setEnabled(false);
        var paused = WalletStatusChanged.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(3)
                .setRecordedAt(at(3))
                .setStatus(WalletStatus.PAUSED)
                .setReason("test")
                .build();

        assertThat(fold(opened(), granted(1, "g", 50, "30", "30"), off, drawn).violations())
                .isEmpty();
        assertThat(fold(
                                opened(),
                                granted(1, "g", 50, "30", "30"),
                                policy(2, null),
                                paused,
                                drawn(4, "25", "5", allocation("g", "25")))
                        .violations())
                .isEmpty();
        var withTheOpening = policy(1, null);
        withTheOpening.setRecordedAt(opened().getRecordedAt());
        assertThat(fold(opened(), withTheOpening).violations()).isEmpty();
    }

    @Test
    void showsTheWalletAsItWasAtEachInstant() {
        var events = List.<SpecificRecord>of(
                opened(), granted(1, "g", 50, "10", "10"), drawn(3, "4", "6", allocation("g", "4")));
        var settled = new ArrayList<String>();

        WalletFold.past(
                events,
                UTC,
                List.of(at(0), at(1), at(3).minusMillis(1), at(3), at(9)),
                (fold, number) -> settled.add(number + ": " + fold.settled().toPlainString()));

        assertThat(settled).containsExactly("0: 0", "1: 10", "2: 10", "3: 6", "4: 6");
    }

    private static ReplenishRequested asked(long sequence, String id) {
        var asked = requested(sequence, id, "20");
        asked.setAvailable("5");
        return asked;
    }

    private static ReplenishSettled paid(long sequence, String id) {
        var paid = failed(sequence, id);
        paid.setOutcome(ReplenishmentOutcome.PAID);
        paid.setNextAttemptAt(null);
        return paid;
    }

    @Test
    void seesAWalletThatDoesNotRestAfterADecline() {
        var restless = failed(3, "r1");
        restless.setNextAttemptAt(at(7));

        assertThat(fold(opened(), policy(1, null), requested(2, "r1", "20"), restless)
                        .violations())
                .anyMatch(words -> words.contains("does not rest after a failure"));
        restless.setNextAttemptAt(at(8));
        assertThat(fold(opened(), policy(1, null), requested(2, "r1", "20"), restless)
                        .violations())
                .noneMatch(words -> words.contains("does not rest after a failure"));
    }

    @Test
    void seesTopUpsThatAreSwitchedOffTooSoon() {
        var disabled = ReplenishmentDisabled.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(4)
                .setRecordedAt(at(4))
                .setFailures(1)
                .setReason("card_declined")
                .setDetail("Your card was declined.")
                .build();

        assertThat(fold(opened(), policy(1, null), requested(2, "r1", "20"), failed(3, "r1"), disabled)
                        .violations())
                .anyMatch(words -> words.contains("switches top-ups off after 1 failures"));
    }

    @Test
    void seesACapThatIsPassed() {
        assertThat(fold(opened(), policy(1, "15"), requested(2, "r1", "20")).violations())
                .anyMatch(words -> words.contains("capped at 15"));
    }

    @Test
    void seesAMonthThatIsCountedByAnotherClock() {
        var settled = paid(3, "r1");
        var inTheOldMonth = requested(2, "r1", "20");
        inTheOldMonth.setRecordedAt(Instant.parse("2026-11-30T18:14:00Z"));
        settled.setRecordedAt(inTheOldMonth.getRecordedAt());
        var inTheNew = requested(4, "r2", "20");
        inTheNew.setRecordedAt(Instant.parse("2026-11-30T18:16:00Z"));
        var history = List.<SpecificRecord>of(opened(), policy(1, "30"), inTheOldMonth, settled, inTheNew);

        assertThat(WalletFold.of(history, UTC).violations())
                .singleElement()
                .asString()
                .contains("capped at 30");
        assertThat(WalletFold.of(history, KATHMANDU).violations())
                .singleElement()
                .asString()
                .contains("its time zone is UTC, which is Asia/Kathmandu");
    }

    @Test
    void seesATopUpThatIsHeldBackUntilAnotherClocksMonthEnds() {
        var opened = opened();
        opened.setTimeZone("Asia/Kathmandu");

        assertThat(heldBack(opened, "15", "2026-11-30T18:15:00Z")).isEmpty();
        assertThat(heldBack(opened, "15", "2026-12-01T00:00:00Z"))
                .singleElement()
                .asString()
                .contains("in a month that ends at 2026-11-30T18:15:00Z");
    }

    @Test
    void seesATopUpThatIsHeldBackBelowItsCapOrWithoutOne() {
        var opened = opened();
        opened.setTimeZone("Asia/Kathmandu");

        for (var cap : Arrays.asList("20", null)) {
            assertThat(heldBack(opened, cap, "2026-11-30T18:15:00Z"))
                    .containsExactly(
                            WALLET + " #2 holds a top-up back that makes 20 in a month that is capped at " + cap);
        }
    }

    @Test
    void findsACustomerWhoIsWaitedForWithoutATopUp() {
        var required = ReplenishActionRequired.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(1)
                .setRecordedAt(at(1))
                .setReplenishmentId("rpl_1")
                .setInvoiceId("in_1")
                .setSince(at(1))
                .setUntil(at(2))
                .build();
        assertThat(fold(opened(), required).violations())
                .containsExactly(WALLET + " #1 waits for a customer to pay rpl_1, which is not pending");
    }

    private static List<String> heldBack(WalletOpened opened, @Nullable String cap, String until) {
        var heldBack = ReplenishmentHeldBack.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(2)
                .setRecordedAt(at(2))
                .setAmount(usd("20"))
                .setCharged("0")
                .setCap(cap == null ? "20" : cap)
                .setUntil(Instant.parse(until))
                .build();
        return WalletFold.of(List.of(opened, policy(1, cap), heldBack), KATHMANDU)
                .violations();
    }

    @Test
    void findsNothingWrongWithCreditThatComesBackToWhatBurnedLast() {
        var fold = fold(
                opened(),
                granted(1, "late", 50, "10", "10"),
                granted(2, "soon", 10, "5", "15"),
                drawn(3, "7", "8", allocation("soon", "5"), allocation("late", "2")),
                adjusted(4, "7", "4", "11", back("soon", "1"), back("late", "2")),
                adjusted(5, "4", "5", "10", allocation("soon", "1")));

        assertThat(fold.violations()).isEmpty();
        assertThat(fold.settled()).isEqualByComparingTo("10");
    }

    @Test
    void seesCreditThatComesBackToAGrantWhichBurnedBefore() {
        assertThat(fold(
                                opened(),
                                granted(1, "late", 50, "10", "10"),
                                granted(2, "soon", 10, "5", "15"),
                                drawn(3, "7", "8", allocation("soon", "5"), allocation("late", "2")),
                                adjusted(4, "7", "4", "11", back("soon", "3")))
                        .violations())
                .anyMatch(words -> words.contains("was burned last"));
    }

    @Test
    void seesADifferenceThatIsNotThatOfTheCosts() {
        assertThat(fold(opened(), granted(1, "g", 50, "10", "10"), drawn(2, "4", "6", allocation("g", "4")), wrong(3))
                        .violations())
                .anyMatch(words -> words.contains("the difference is -1, which is -2"));
    }

    /** From 4 to 2, and only 1 comes back. */
    private static UsageAdjusted wrong(long sequence) {
        var adjusted = adjusted(sequence, "4", "2", "7", back("g", "1"));
        adjusted.setAmount("-1");
        return adjusted;
    }

    @Test
    void seesUsageDrawnDownThatStripeBills() {
        assertThat(fold(
                                opened(),
                                settled(1, SettlementMode.ARREARS),
                                granted(2, "g", 50, "10", "10"),
                                drawn(3, "4", "6", allocation("g", "4")))
                        .violations())
                .singleElement()
                .asString()
                .contains("draws id down, which is ARREARS");
    }

    @Test
    void seesUsageDrawnDownInPartThatGrantsHadToCover() {
        var drawn = drawn(3, "14", "-4", allocation("g", "10"));
        drawn.setOverdraft("4");

        assertThat(fold(
                                opened(),
                                settled(1, SettlementMode.PREPAID_THEN_ARREARS),
                                granted(2, "g", 50, "10", "10"),
                                drawn)
                        .violations())
                .singleElement()
                .asString()
                .contains("which is PREPAID_THEN_ARREARS");
    }

    @Test
    void seesUsageThatAnotherWalletPaysFor() {
        assertThat(fold(
                                opened(),
                                routed(1, "wal.tokens_acme"),
                                granted(2, "g", 50, "10", "10"),
                                drawn(3, "4", "6", allocation("g", "4")))
                        .violations())
                .singleElement()
                .asString()
                .contains("which wal.tokens_acme pays for");
    }

    @Test
    void seesTooLittleOwedOfCreditThatWasSpent() {
        var history = List.<SpecificRecord>of(
                opened(), granted(1, "g", 50, "10", "10"), drawn(2, "4", "6", allocation("g", "4")));

        assertThat(violationsOf(history, clawedBack(3, "10", "4", "-4"))).isEmpty();
        assertThat(violationsOf(history, clawedBack(3, "10", "3", "-4")))
                .anyMatch(words -> words.contains("what is owed"));
    }

    /** Of fifteen ten go back, and somebody's own top-up fails. */
    @Test
    void seesATopUpBecauseOfCreditThatWentBackAndNoneAfterUse() {
        var clawed = clawedBack(4, "10", "0", "5");
        clawed.setAllocations(List.of(allocation("g", "10")));
        var manual = asked(5, "r1");
        manual.setManual(true);
        var declined = failed(6, "r1");
        declined.setNextAttemptAt(null);
        var history = List.<SpecificRecord>of(
                opened(),
                granted(1, "g", 50, "10", "10"),
                granted(2, "other", 60, "5", "15"),
                policy(3, null),
                clawed,
                manual);

        assertThat(violationsOf(history, declined)).isEmpty();
        var ended = Stream.concat(history.stream(), Stream.of(declined)).toList();
        assertThat(violationsOf(ended, asked(7, "r2")))
                .singleElement()
                .asString()
                .contains("nothing but credit that went back");
        assertThat(violationsOf(ended, drawn(7, "1", "4", allocation("other", "1"))))
                .singleElement()
                .asString()
                .contains("no top-up is asked for");
    }

    /** Of fifteen ten go back; then a grant of two ends that was still to be spent, or had ended and gets two back to be lost. */
    @Test
    void seesATopUpBecauseOfWhatComesBackToAGrantThatHadEnded() {
        assertThat(violationsOf(afterCreditWentBack(6), asked(7, "r1"))).isEmpty();
        assertThat(violationsOf(afterCreditWentBack(5), asked(7, "r1"))).isEmpty();
        assertThat(violationsOf(afterCreditWentBack(4), asked(7, "r1")))
                .singleElement()
                .asString()
                .contains("nothing but credit that went back");
    }

    /** The event before the loss is the fifth. */
    private static List<SpecificRecord> afterCreditWentBack(int end) {
        var short2 = granted(3, "short", 70, "2", "17");
        short2.setExpiresAt(at(end));
        var wentBack = clawedBack(5, "10", "0", "7");
        wentBack.setAllocations(List.of(allocation("g", "10")));
        var lost = GrantExpired.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(6)
                .setRecordedAt(at(6))
                .setGrantId("short")
                .setAmount(usd("2"))
                .setSettledAfter("5")
                .build();
        return List.of(
                opened(),
                granted(1, "g", 50, "10", "10"),
                granted(2, "other", 60, "5", "15"),
                short2,
                policy(4, null),
                wentBack,
                lost);
    }

    @Test
    void seesAWalletThatDoesNotAskWhenItHasLeftUsageForWantOfCredit() {
        var withTheOpening = policy(1, null);
        withTheOpening.setRecordedAt(opened().getRecordedAt());
        var left = UsageLeftToArrears.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(3)
                .setRecordedAt(at(3))
                .setMode(SettlementMode.PREPAID_THEN_ARREARS)
                .setLines(List.of(new LeftUsage("/s", "id", "mtr", "1", NOON, null)))
                .build();

        assertThat(fold(opened(), withTheOpening, settled(2, SettlementMode.PREPAID_THEN_ARREARS), left)
                        .violations())
                .singleElement()
                .asString()
                .contains("no top-up is asked for");
    }

    private static List<String> violationsOf(List<SpecificRecord> history, SpecificRecord last) {
        return WalletFold.of(Stream.concat(history.stream(), Stream.of(last)).toList(), UTC)
                .violations();
    }

    private static CreditClawedBack clawedBack(long sequence, String amount, String overdraft, String settledAfter) {
        return CreditClawedBack.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setGrantId("g")
                .setReversalId("re_1")
                .setKind("refund")
                .setAmount(usd(amount))
                .setCostBasis(usd(amount))
                .setOverdraft(overdraft)
                .setAllocations(List.of(allocation("g", "6")))
                .setSeenAt(at(sequence))
                .setSettledAfter(settledAfter)
                .build();
    }

    private static SettlementChanged settled(long sequence, SettlementMode mode) {
        return SettlementChanged.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setMeterId("mtr")
                .setMode(mode)
                .build();
    }

    private static MeterRouted routed(long sequence, String payer) {
        return MeterRouted.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setMeterId("mtr")
                .setPayingWalletId(payer)
                .build();
    }

    /** By a price of one. */
    private static UsageAdjusted.Builder adjustment(long sequence, String before, String after, String settledAfter) {
        return UsageAdjusted.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setCurrency("USD")
                .setSource("/s")
                .setId("id")
                .setMeterId("mtr")
                .setBefore(new RatedMeasure("price", before, NOON, before))
                .setAfter(new RatedMeasure("price", after, NOON, after))
                .setAmount(
                        new BigDecimal(after).subtract(new BigDecimal(before)).toPlainString())
                .setReturned(List.of())
                .setAllocations(List.of())
                .setOverdraft("0")
                .setSettledAfter(settledAfter);
    }

    private static UsageAdjusted adjusted(
            long sequence, String before, String after, String settledAfter, ReturnedCredit... returned) {
        return adjustment(sequence, before, after, settledAfter)
                .setReturned(List.of(returned))
                .build();
    }

    private static UsageAdjusted adjusted(
            long sequence, String before, String after, String settledAfter, Allocation taken) {
        return adjustment(sequence, before, after, settledAfter)
                .setAllocations(List.of(taken))
                .build();
    }

    private static ReturnedCredit back(String grant, String amount) {
        return ReturnedCredit.newBuilder()
                .setGrantId(grant)
                .setAmount(amount)
                .setRepayment(false)
                .setKind(GrantKind.PROMOTIONAL)
                .setPriority(50)
                .setEffectiveAt(NOON)
                .setMeterIds(List.of())
                .setGrantedAt(NOON)
                .build();
    }

    private static WalletFold fold(SpecificRecord... events) {
        return WalletFold.of(List.of(events), UTC);
    }

    private static Instant at(long sequence) {
        return NOON.plusSeconds(sequence);
    }

    private static Money usd(String amount) {
        return new Money(amount, "USD");
    }

    private static Allocation allocation(String grant, String amount) {
        return new Allocation(grant, amount);
    }

    private static WalletOpened opened() {
        return WalletOpened.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(0)
                .setRecordedAt(NOON)
                .setCurrency("USD")
                .build();
    }

    private static CreditGranted granted(long sequence, String id, int priority, String amount, String settledAfter) {
        return CreditGranted.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setGrantId(id)
                .setAmount(usd(amount))
                .setCostBasis(usd("0"))
                .setKind(GrantKind.PROMOTIONAL)
                .setPriority(priority)
                .setEffectiveAt(at(sequence))
                .setExpiresAt(null)
                .setOverdraftRepaid("0")
                .setSettledAfter(settledAfter)
                .build();
    }

    private static UsageDrawnDown drawn(long sequence, String total, String settledAfter, Allocation... allocations) {
        return UsageDrawnDown.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setCurrency("USD")
                .setTotal(total)
                .setLines(List.of(line(total)))
                .setAllocations(List.of(allocations))
                .setOverdraft("0")
                .setSettledAfter(settledAfter)
                .build();
    }

    private static UsageLine line(String amount) {
        return UsageLine.newBuilder()
                .setSource("/s")
                .setId("id")
                .setMeterId("mtr")
                .setPriceId("price")
                .setQuantity(amount)
                .setAmount(amount)
                .setOccurredAt(NOON)
                .build();
    }

    private static HoldPlaced held(
            long sequence, String id, String amount, String settledAfter, Allocation... allocations) {
        var covered = Stream.of(allocations)
                .map(each -> new BigDecimal(each.getAmount()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return HoldPlaced.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setHoldId(id)
                .setAmount(usd(amount))
                .setAllocations(List.of(allocations))
                .setOverdraft(new BigDecimal(amount).subtract(covered).toPlainString())
                .setExpiresAt(at(1_000))
                .setSettledAfter(settledAfter)
                .build();
    }

    private static HoldCaptured captured(
            long sequence, String id, String amount, String settledAfter, Allocation... allocations) {
        return HoldCaptured.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setHoldId(id)
                .setAmount(usd(amount))
                .setAllocations(List.of(allocations))
                .setOverdraft("0")
                .setSettledAfter(settledAfter)
                .build();
    }

    private static ReplenishmentPolicyChanged policy(long sequence, @Nullable String cap) {
        return ReplenishmentPolicyChanged.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setEnabled(true)
                .setThreshold("10")
                .setAmount("20")
                .setMonthlyCap(cap)
                .build();
    }

    private static ReplenishRequested requested(long sequence, String id, String amount) {
        return ReplenishRequested.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setReplenishmentId(id)
                .setAmount(usd(amount))
                .setThreshold("10")
                .setAvailable("0")
                .build();
    }

    private static ReplenishSettled failed(long sequence, String id) {
        return ReplenishSettled.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at(sequence))
                .setReplenishmentId(id)
                .setOutcome(ReplenishmentOutcome.FAILED)
                .setNextAttemptAt(at(60))
                .build();
    }
}
