package io.drawdown.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.Money;
import io.drawdown.events.catalog.Rollover;
import io.drawdown.events.wallet.Allocation;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.GrantRolledOver;
import io.drawdown.events.wallet.HoldEnd;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.OverdraftRepaid;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import io.drawdown.events.wallet.WalletOpened;
import io.drawdown.events.wallet.WalletStatus;
import io.drawdown.events.wallet.WalletStatusChanged;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** How credit and wallets end, each rule broken once: rollover, loss, what goes back with its money, pausing and closing. */
class EndsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant END = NOON.plusSeconds(10);
    private static final Instant LATER = END.plus(Duration.ofDays(2));

    private final List<SpecificRecord> history = new ArrayList<>(List.of(opened(), granted()));
    private LocalClock clock = new LocalClock(ZoneId.of("UTC"));

    @Test
    void areContentWithAGrantThatRollsOverByHalf() {
        assertThat(violations(rolledOver("5", "4", LATER), expired("5", "5"))).isEmpty();
    }

    @Test
    void seeTooMuchRolledOverOrForTooLong() {
        assertThat(violations(rolledOver("6", "4.8", LATER))).anyMatch(words -> words.contains("what goes on is 6"));
        assertThat(violations(rolledOver("5", "5", LATER))).anyMatch(words -> words.contains("paid for that is 5"));
        assertThat(violations(rolledOver("5", "4", LATER.plusSeconds(1)))).anyMatch(words -> words.contains("its end"));
    }

    @Test
    void seeCreditGoOnUntilAnotherClocksMonthsAreOver() {
        ((CreditGranted) history.getLast()).setRollover(new Rollover(null, "0.5", "P6M"));
        ((WalletOpened) history.getFirst()).setTimeZone("America/Los_Angeles");
        clock = new LocalClock(ZoneId.of("America/Los_Angeles"));

        assertThat(violations(rolledOver("5", "4", Instant.parse("2027-05-20T11:00:10Z"))))
                .isEmpty();
        assertThat(violations(rolledOver("5", "4", Instant.parse("2027-05-20T12:00:10Z"))))
                .singleElement()
                .asString()
                .contains("its end");
    }

    @Test
    void seeWhatWasToRollOverLost() {
        assertThat(violations(expired("10", "0"))).anyMatch(words -> words.contains("of which some was to roll over"));
    }

    @Test
    void seeWhatWasLostClawedBackAgain() {
        var lost = List.of(rolledOver("5", "4", LATER), expired("5", "5"));

        assertThat(violations(lost, clawedBack("5", "5", "0", allocation("5")))).isEmpty();
        assertThat(violations(lost, clawedBack("10", "0", "5", allocation("5"))))
                .anyMatch(words -> words.contains("what of it had been lost is 0, which is 5"))
                .anyMatch(words -> words.contains("what is owed of it is 5"));
    }

    @Test
    void seeWhatWasLostComeInAgain() {
        var gone = List.of(rolledOver("5", "4", LATER), expired("5", "5"), clawedBack("5", "5", "0", allocation("5")));

        assertThat(violations(gone, givenBack("5", "5"))).isEmpty();
        assertThat(violations(gone, givenBack("10", "0")))
                .anyMatch(words -> words.contains("what comes in again is 10, which is 5"));
    }

    /** One of ten is held, all are refunded: the one is owed, and comes back when the grant has ended. */
    @Test
    void seeWhatComesBackTooLateLostAlthoughSomeOfItIsOwed() {
        var refund = clawedBack("10", "0", "1", new Allocation("g", "9"));
        refund.setRecordedAt(NOON);
        var back = List.of(held(), refund, released());

        assertThat(violations(back, repaid("1", "0"))).isEmpty();
        assertThat(violations(back, repaid("0.5", "0"))).anyMatch(words -> words.contains("the burn order says"));
        assertThat(violations(back, expired("1", "-1"))).anyMatch(words -> words.contains("of which some is owed"));
    }

    /** Two of ten are held, nine are refunded; one comes back in time and repays, so the other owes nothing. */
    @Test
    void seeWhatComesBackTooLateRepayWhatHasBeenRepaidInTime() {
        ((CreditGranted) history.getLast()).setRollover(null);
        var second = held();
        second.setHoldId("h2");
        var refund = clawedBack("9", "0", "1", new Allocation("g", "8"));
        refund.setRecordedAt(NOON);
        refund.setSettledAfter("1");
        var inTime = released();
        inTime.setEnd(HoldEnd.RELEASED);
        inTime.setRecordedAt(NOON);
        inTime.setSettledAfter("1");
        var repaid = repaid("1", "1");
        repaid.setRecordedAt(NOON);
        var tooLate = released();
        tooLate.setHoldId("h2");
        tooLate.setSettledAfter("-4");
        var back = List.of(held(), second, refund, inTime, repaid, beyondAllCredit("5", "-4"), tooLate);

        assertThat(violations(back, expired("1", "-5"))).isEmpty();
        assertThat(violations(back, repaid("1", "-4"))).anyMatch(words -> words.contains("the burn order says"));
    }

    /** The same when another reversal's credit has come in again and repaid it. */
    @Test
    void seeWhatComesBackTooLateRepayWhatHasComeInAgain() {
        ((CreditGranted) history.getLast()).setRollover(null);
        var first = clawedBack("4", "0", "0", new Allocation("g", "4"));
        first.setRecordedAt(NOON);
        first.setSettledAfter("6");
        var rest = clawedBack("6", "0", "1", new Allocation("g", "5"));
        rest.setRecordedAt(NOON);
        rest.setReversalId("dp_2");
        var won = givenBack("4", "0");
        won.setRecordedAt(NOON);
        won.setExpiresAt(END);
        won.setOverdraftRepaid("1");
        won.setSettledAfter("4");
        var last = released();
        last.setSettledAfter("-1");
        var owedNoMore = List.of(held(), first, rest, won, beyondAllCredit("5", "-1", new Allocation("g", "3")), last);

        assertThat(violations(owedNoMore, expired("1", "-2"))).isEmpty();
        assertThat(violations(owedNoMore, repaid("1", "-1"))).anyMatch(words -> words.contains("the burn order says"));
    }

    @Test
    void seeAPausedWalletHoldAndAClosedOneSpend() {
        assertThat(violations(status(WalletStatus.PAUSED), held()))
                .anyMatch(words -> words.contains("happens to a wallet that is PAUSED"));
        assertThat(violations(status(WalletStatus.PAUSED), drawn())).isEmpty();
        assertThat(violations(status(WalletStatus.CLOSED), drawn()))
                .anyMatch(words -> words.contains("happens to a wallet that is CLOSED"));
        assertThat(violations(status(WalletStatus.CLOSED), status(WalletStatus.OPEN), drawn()))
                .isEmpty();
    }

    @Test
    void seeAWalletClosedThatIsInUseAndCreditForfeitedForNothing() {
        assertThat(violations(held(), status(WalletStatus.CLOSED)))
                .singleElement()
                .asString()
                .contains("closes a wallet that holds something");
        assertThat(violations(forfeited(), status(WalletStatus.CLOSED))).isEmpty();
        assertThat(violations(forfeited(), status(WalletStatus.PAUSED)))
                .singleElement()
                .asString()
                .contains("does not close the wallet");
    }

    private List<String> violations(SpecificRecord... events) {
        return violations(List.of(events));
    }

    private List<String> violations(List<? extends SpecificRecord> events, SpecificRecord last) {
        var all = new ArrayList<SpecificRecord>(events);
        all.add(last);
        return violations(all);
    }

    private List<String> violations(List<? extends SpecificRecord> events) {
        var all = new ArrayList<>(history);
        events.forEach(event -> {
            event.put(event.getSchema().getField("sequence").pos(), (long) all.size());
            all.add(event);
        });
        return WalletFold.of(all, clock).violations();
    }

    private static WalletOpened opened() {
        return WalletOpened.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(NOON)
                .setCurrency("USD")
                .build();
    }

    /** Worth ten, bought for eight; half of what is left goes on for two days. */
    private static CreditGranted granted() {
        return CreditGranted.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(1)
                .setRecordedAt(NOON)
                .setGrantId("g")
                .setAmount(usd("10"))
                .setCostBasis(usd("8"))
                .setKind(GrantKind.PAID)
                .setPriority(50)
                .setEffectiveAt(NOON)
                .setExpiresAt(END)
                .setOverdraftRepaid("0")
                .setRollover(new Rollover(null, "0.5", "P2D"))
                .setSettledAfter("10")
                .build();
    }

    private static GrantRolledOver rolledOver(String amount, String cost, Instant until) {
        return GrantRolledOver.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(END)
                .setGrantId("g")
                .setIntoGrantId("g.rol2")
                .setAmount(usd(amount))
                .setCostBasis(usd(cost))
                .setKind(GrantKind.PAID)
                .setPriority(50)
                .setEffectiveAt(END)
                .setExpiresAt(until)
                .setMeterIds(List.of())
                .setSettledAfter("10")
                .build();
    }

    private static GrantExpired expired(String amount, String settledAfter) {
        return GrantExpired.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(END)
                .setGrantId("g")
                .setAmount(usd(amount))
                .setSettledAfter(settledAfter)
                .build();
    }

    private static CreditClawedBack clawedBack(String amount, String lost, String overdraft, Allocation allocation) {
        return CreditClawedBack.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(END)
                .setGrantId("g")
                .setReversalId("dp_1")
                .setKind("dispute")
                .setAmount(usd(amount))
                .setCostBasis(usd("8"))
                .setOverdraft(overdraft)
                .setAllocations(List.of(allocation))
                .setLost(lost)
                .setSeenAt(END)
                .setSettledAfter("0")
                .build();
    }

    private static Allocation allocation(String amount) {
        return new Allocation("g.rol2", amount);
    }

    private static CreditGivenBack givenBack(String amount, String lost) {
        return CreditGivenBack.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(END)
                .setGrantId("g")
                .setReversalId("dp_1")
                .setKind("dispute")
                .setAmount(usd(amount))
                .setCostBasis(usd("8"))
                .setOverdraftRepaid("0")
                .setLost(lost)
                .setEffectiveAt(NOON)
                .setExpiresAt(END.plusSeconds(10))
                .setGrantKind(GrantKind.PAID)
                .setPriority(50)
                .setMeterIds(List.of())
                .setSeenAt(END)
                .setSettledAfter(amount)
                .build();
    }

    private static WalletStatusChanged status(WalletStatus status) {
        return WalletStatusChanged.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(NOON)
                .setStatus(status)
                .setReason("a test")
                .build();
    }

    private static HoldPlaced held() {
        return HoldPlaced.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(NOON)
                .setHoldId("h")
                .setAmount(usd("1"))
                .setAllocations(List.of(new Allocation("g", "1")))
                .setOverdraft("0")
                .setExpiresAt(END)
                .setSettledAfter("10")
                .build();
    }

    private static HoldReleased released() {
        return HoldReleased.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(END)
                .setHoldId("h")
                .setAmount(usd("1"))
                .setAllocations(List.of(new Allocation("g", "1")))
                .setOverdraft("0")
                .setEnd(HoldEnd.TIMED_OUT)
                .setSettledAfter("0")
                .build();
    }

    private static OverdraftRepaid repaid(String amount, String settledAfter) {
        return OverdraftRepaid.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(END)
                .setAmount(usd(amount))
                .setAllocations(List.of(new Allocation("g", amount)))
                .setSettledAfter(settledAfter)
                .build();
    }

    private static GrantForfeited forfeited() {
        return GrantForfeited.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(NOON)
                .setGrantId("g")
                .setAmount(usd("10"))
                .setSettledAfter("0")
                .build();
    }

    private static UsageDrawnDown drawn() {
        return UsageDrawnDown.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(0)
                .setRecordedAt(NOON)
                .setCurrency("USD")
                .setTotal("0")
                .setLines(List.of())
                .setAllocations(List.of())
                .setOverdraft("0")
                .setSettledAfter("10")
                .build();
    }

    private static UsageDrawnDown beyondAllCredit(String amount, String settledAfter, Allocation... allocations) {
        var line = UsageLine.newBuilder()
                .setSource("/s")
                .setId("id")
                .setMeterId("mtr")
                .setPriceId("price")
                .setQuantity(amount)
                .setAmount(amount)
                .setOccurredAt(NOON)
                .build();
        var covered = Stream.of(allocations)
                .map(each -> new BigDecimal(each.getAmount()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var drawn = drawn();
        drawn.setTotal(amount);
        drawn.setLines(List.of(line));
        drawn.setAllocations(List.of(allocations));
        drawn.setOverdraft(new BigDecimal(amount).subtract(covered).toPlainString());
        drawn.setSettledAfter(settledAfter);
        return drawn;
    }

    private static Money usd(String amount) {
        return new Money(amount, "USD");
    }
}
