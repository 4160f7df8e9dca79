package io.drawdown.chaos.check;

import static io.drawdown.chaos.load.ChaosMeter.CALLS;
import static io.drawdown.chaos.load.ChaosMeter.IMAGES;
import static io.drawdown.chaos.load.ChaosMeter.MINUTES;
import static io.drawdown.chaos.load.ChaosMeter.NOTHING;
import static io.drawdown.chaos.load.ChaosMeter.STORAGE;
import static io.drawdown.chaos.load.ChaosMeter.VISITORS;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.ChaosMeter;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.ReturnedCredit;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is checked against what was sent: each check is made to fail once. */
class ChecksTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final BigDecimal TEN = BigDecimal.TEN;

    private static final Catalogue CATALOGUE = new Catalogue(
            Stream.of(ChaosMeter.values()).collect(Collectors.toMap(meter -> meter, meter -> "mtr_" + meter)),
            "price_credit");
    private static final Accounts ACCOUNTS = Accounts.of(4, 0);
    private static final String CLOSED_AT_TIMES = ACCOUNTS.ids().getLast();

    private final Sent sent = new Sent();

    @Test
    void areContentWhenEachEventIsThereOnce() {
        sent.took(new Sent.Usage("a", "acme", CALLS, TEN));

        assertThat(ledger(drawn(0, line("a", "10", "0.1")))).allMatch(Check::holds);
    }

    @Test
    void seeUsageThatIsLost() {
        sent.took(new Sent.Usage("a", "acme", CALLS, TEN));

        assertThat(ledger())
                .filteredOn(check -> !check.holds())
                .extracting(Check::name)
                .contains(
                        "Acknowledged usage is drawn down or left to Stripe's meters, once",
                        "Each account's lines and adjustments sum to what was sent");
    }

    @Test
    void seeUsageThatCountsTwice() {
        sent.took(new Sent.Usage("a", "acme", CALLS, TEN));

        assertThat(ledger(drawn(0, line("a", "10", "0.1")), drawn(1, line("a", "10", "0.1"))))
                .flatExtracting(Check::violations)
                .contains("a is drawn down 2 times and left to Stripe's meters 0 times");
    }

    @Test
    void seeUsageThatNobodySent() {
        sent.tookWorthless(new Sent.Usage("b", "acme", NOTHING, TEN));

        assertThat(ledger(drawn(0, line("b", "10", "0.1"))))
                .flatExtracting(Check::violations)
                .anyMatch(words -> words.startsWith("b is on the ledger and was never acknowledged"));
    }

    @Test
    void seeUsageAcceptedThatHasToBeRefused() {
        sent.tookWorthless(new Sent.Usage("b", "acme", CALLS, TEN.negate()));

        assertThat(acceptedOnce(accepted("b", 1))).containsExactly("b is accepted and has to be refused");
    }

    @Test
    void areContentWithACorrectionThatIsFollowedAndOneThatMustBeRefused() {
        var usage = used("a", CALLS);
        sent.add(new Sent.Correction("c1", usage, new BigDecimal("4")));
        sent.add(new Sent.Correction("c2", usage, null));
        sent.add(new Sent.Correction("c3", usage, TEN));

        assertThat(ledger(drawn(0, line("a", "10", "0.1")), adjusted(1, "c1", "10", "4"), adjusted(2, "c2", "4", null)))
                .allMatch(Check::holds);
    }

    @Test
    void seeACorrectionThatWasLostFollowedTwiceOrFollowedOnAWrongState() {
        sent.add(new Sent.Correction("c1", used("a", CALLS), new BigDecimal("4")));
        var drawn = drawn(0, line("a", "10", "0.1"));

        assertThat(broken(drawn)).anyMatch(words -> words.contains("corrected 1 times and is adjusted 0 times"));
        assertThat(broken(drawn, adjusted(1, "c1", "10", "4"), adjusted(2, "c1", "10", "4")))
                .anyMatch(words -> words.contains("corrected 1 times and is adjusted 2 times"));
        assertThat(broken(drawn, adjusted(1, "c1", "9", "4"))).anyMatch(words -> words.contains("has to be followed"));
    }

    @Test
    void knowThatUsageThatMovesToAnotherMonthIsUndoneAndDoneAgain() {
        sent.add(new Sent.Correction("c1", used("a", CALLS), new BigDecimal("4"), NOON.minusSeconds(1)));
        var drawn = drawn(0, line("a", "10", "0.1"));
        var undone = adjusted(1, "c1", "10", null);

        assertThat(ledger(drawn, undone, adjusted(2, "c1", null, "4"))).allMatch(Check::holds);
        assertThat(broken(drawn, undone)).anyMatch(words -> words.contains("has to be followed"));
        assertThat(broken(drawn, undone, adjusted(2, "c1", null, "4"), adjusted(3, "c1", null, "4")))
                .anyMatch(words -> words.contains("corrected 1 times and is adjusted 2 times"));
    }

    @Test
    void knowThatACorrectionWhichWaitsForAPriceGivesWayToTheNext() {
        var usage = used("a", STORAGE);
        sent.add(new Sent.Correction("c1", usage, new BigDecimal("4")));
        sent.add(new Sent.Correction("c2", usage, new BigDecimal("5"), NOON.minusSeconds(1)));
        sent.add(new Sent.Correction("c3", usage, null));
        var drawn = drawn(0, line("a", "10", "0.2", STORAGE));
        var first = adjusted(1, "c1", "10", "4", STORAGE);

        assertThat(ledger(drawn, first, adjusted(2, "c3", "4", null, STORAGE))).allMatch(Check::holds);
        assertThat(broken(drawn, first)).anyMatch(words -> words.contains("a counts 4 where null has to"));
        assertThat(broken(drawn, first, adjusted(2, "c3", "5", null, STORAGE)))
                .anyMatch(words -> words.contains("has to be followed from 4"));
        assertThat(broken(drawn, adjusted(1, "c2", "10", "5", STORAGE), adjusted(2, "c1", "5", "4", STORAGE)))
                .anyMatch(words -> words.contains("have to be followed"));
    }

    @Test
    void knowThatParkedUsageIsCorrectedBeforeItIsDrawnDown() {
        sent.add(new Sent.Correction("c1", used("a", STORAGE), new BigDecimal("4")));
        sent.add(new Sent.Correction("c2", used("b", STORAGE), null));

        assertThat(ledger(drawn(0, line("a", "4", "0.08", STORAGE)))).allMatch(Check::holds);
        assertThat(broken(drawn(0, line("a", "10", "0.2", STORAGE))))
                .anyMatch(words -> words.contains("a counts 10 where 4 has to"));
    }

    @Test
    void knowThatUsageOfAWalletThatIsClosedMayBeVoidedBeforeItIsDrawnDown() {
        var usage = new Sent.Usage("a", CLOSED_AT_TIMES, CALLS, TEN);
        sent.took(usage);
        sent.add(new Sent.Correction("c1", usage, null));

        assertThat(ledger()).allMatch(Check::holds);
    }

    @Test
    void knowThatATextCannotBeReplacedAndIsCountedOnce() {
        var usage = used("a", VISITORS);
        sent.add(new Sent.Correction("c1", usage, BigDecimal.ONE));

        assertThat(Correcting.of(sent.corrections()).get("a").refused()).hasSize(1);
        assertThat(ledger(drawn(0, line("a", "1", "0.06", VISITORS)))).allMatch(Check::holds);
        assertThat(broken(drawn(0, line("a", "1", "0.6", VISITORS))))
                .singleElement()
                .asString()
                .contains("is on the ledger as");
    }

    @Test
    void seeThatStripeIsToldOfACorrectionWrongly() {
        sent.add(new Sent.Correction("c1", used("a", IMAGES), new BigDecimal("4")));
        var left = left(0, "a", IMAGES, "10");

        assertThat(ledger(left, adjustedAtStripe(1, "c1", "10", "4"))).allMatch(Check::holds);
        assertThat(broken(left)).contains("a was corrected 1 times and is adjusted 0 times");
        assertThat(broken(left, adjustedAtStripe(1, "c1", "10", "5")))
                .singleElement()
                .asString()
                .contains("has to be followed");
    }

    private static ArrearsAdjusted adjustedAtStripe(long sequence, String correction, String before, String after) {
        return ArrearsAdjusted.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(sequence)
                .setRecordedAt(NOON)
                .setSource("/s")
                .setId("a")
                .setMeterId(CATALOGUE.meterId(IMAGES))
                .setBefore(new LeftMeasure(before, NOON))
                .setBeforeSequence(0)
                .setBeforeLine(0)
                .setAfter(new LeftMeasure(after, NOON))
                .setCorrectionId(correction)
                .setReason("a test")
                .setRequestedBy("billing")
                .build();
    }

    @Test
    void seeUsageThatBothTheWalletAndStripePayFor() {
        used("a", MINUTES);

        assertThat(ledger(left(0, "a", MINUTES, "10"))).allMatch(Check::holds);
        assertThat(broken(left(0, "a", MINUTES, "10"), drawn(1, line("a", "10", "0.04", MINUTES))))
                .contains("a is drawn down 1 times and left to Stripe's meters 1 times");
    }

    @Test
    void seeAWriteBehindALaterOneThatIsNoRepeat() {
        assertThat(AcceptedUsage.of(List.of(accepted("a", 1), accepted("b", 2), accepted("a", 1)))
                        .repeats())
                .matches(Check::holds)
                .extracting(Check::looked)
                .isEqualTo(1L);
        assertThat(AcceptedUsage.of(List.of(accepted("b", 2), accepted("a", 1)))
                        .repeats()
                        .violations())
                .singleElement()
                .asString()
                .contains("for the first time behind 2");
        assertThat(AcceptedUsage.of(List.of(accepted("a", 1), accepted("c", 1)))
                        .repeats()
                        .violations())
                .singleElement()
                .asString()
                .contains("two different things");
    }

    @Test
    void seeUsageThatIsHiddenFromWhoWaitsForCommits() {
        var all = AcceptedUsage.of(List.of(accepted("a", 1), accepted("b", 2)));

        assertThat(all.isWhatIsSeenBy(AcceptedUsage.of(List.of(accepted("a", 1), accepted("b", 2), accepted("b", 2)))))
                .matches(Check::holds);
        assertThat(all.isWhatIsSeenBy(AcceptedUsage.of(List.of(accepted("b", 2))))
                        .violations())
                .singleElement()
                .asString()
                .contains("null to a consumer that waits");
        assertThat(all.isWhatIsSeenBy(AcceptedUsage.of(List.of(accepted("b", 2), accepted("a", 1))))
                        .violations())
                .singleElement()
                .asString()
                .contains("for the first time behind 2");
    }

    private Sent.Usage used(String id, ChaosMeter meter) {
        var usage = new Sent.Usage(id, "acme", meter, TEN);
        sent.took(usage);
        return usage;
    }

    private List<String> broken(SpecificRecord... events) {
        return ledger(events).stream()
                .flatMap(check -> check.violations().stream())
                .toList();
    }

    @Test
    void seeAcknowledgedUsageThatIsNotAcceptedOrFromTwoPositions() {
        used("a", CALLS);

        assertThat(acceptedOnce(accepted("a", 1), accepted("a", 1))).isEmpty();
        assertThat(acceptedOnce(accepted("b", 1))).containsExactly("a was acknowledged and is not accepted");
        assertThat(acceptedOnce(accepted("a", 1), accepted("a", 2)))
                .singleElement()
                .asString()
                .startsWith("a was accepted from the positions ");
    }

    private List<String> acceptedOnce(UsageAccepted... accepted) {
        var ledger = new LedgerUsage(WalletTopic.of(List.of()));
        return new UsageChecks(ledger, CATALOGUE, ACCOUNTS, sent)
                .all(AcceptedUsage.of(List.of(accepted)))
                .getFirst()
                .violations();
    }

    private static UsageAccepted accepted(String id, long offset) {
        return UsageAccepted.newBuilder()
                .setId(id)
                .setSource("/s")
                .setAccountId("acme")
                .setMeterId("mtr")
                .setValue("1")
                .setOccurredAt(NOON)
                .setAcceptedAt(NOON)
                .setSourcePartition(0)
                .setSourceOffset(offset)
                .build();
    }

    @Test
    void seeAWrongPrice() {
        sent.took(new Sent.Usage("a", "acme", CALLS, TEN));

        assertThat(ledger(drawn(0, line("a", "10", "0.11"))))
                .filteredOn(check -> !check.holds())
                .hasSize(2);
    }

    @Test
    void seeTwoEventsInOnePlaceAndForgiveARepeat() {
        var first = drawn(0, line("a", "10", "0.1"));

        assertThat(WalletTopic.of(List.of(first, first)).violations()).isEmpty();
        assertThat(WalletTopic.of(List.of(first, drawn(0, line("b", "10", "0.1"))))
                        .violations())
                .containsExactly("wal_acme #0 is two different events");
    }

    /** As it is when it was read: in a list that compares its records itself, and does not know all of their fields. */
    @Test
    void forgiveARepeatOfCreditThatComesBackToAGrantWithAnEnd() {
        assertThat(WalletTopic.of(List.of(returning("1"), returning("1"))).violations())
                .isEmpty();
        assertThat(WalletTopic.of(List.of(returning("1"), returning("2"))).violations())
                .containsExactly("wal_acme #0 is two different events");
    }

    private static UsageAdjusted returning(String amount) {
        var credit = ReturnedCredit.newBuilder()
                .setGrantId("g")
                .setAmount(amount)
                .setRepayment(false)
                .setKind(GrantKind.PROMOTIONAL)
                .setPriority(50)
                .setEffectiveAt(NOON)
                .setExpiresAt(NOON.plusSeconds(1))
                .setMeterIds(List.of())
                .setGrantedAt(NOON)
                .build();
        var adjusted = adjusted(0, "c1", "10", "4");
        var list = UsageAdjusted.getClassSchema().getField("returned").schema();
        adjusted.setReturned(new GenericData.Array<>(list, List.of(credit)));
        return adjusted;
    }

    @Test
    void seeAnEventBehindALaterOne() {
        assertThat(WalletTopic.of(List.of(drawn(1, line("a", "10", "0.1")), drawn(0, line("b", "10", "0.1"))))
                        .violations())
                .containsExactly("wal_acme #0 comes after #1");
    }

    @Test
    void seeARequestThatIsMissingTwiceThereOrNeverAnswered() {
        var check = RequestChecks.exactly(
                "requests",
                Map.of("kept", TEN, "lost", TEN, "twice", TEN, "other", TEN),
                Map.of(
                        "kept", List.of(TEN),
                        "twice", List.of(TEN, TEN),
                        "other", List.of(BigDecimal.ONE),
                        "refused", List.of(TEN)));

        assertThat(check.violations()).hasSize(4).noneMatch(words -> words.startsWith("kept"));
    }

    @Test
    void seeAPolicyThatWasAnsweredAndLost() {
        sent.add(new Sent.Policy("wal_acme", new BigDecimal("10.500000")));
        sent.add(new Sent.Policy("wal_acme", new BigDecimal("10.500001")));
        var changed = new ReplenishmentPolicyChanged();
        changed.setWalletId("wal_acme");
        changed.setAccountId("acme");
        changed.setRecordedAt(Instant.EPOCH);
        changed.setThreshold("10.5");

        var checks = new RequestChecks(WalletTopic.of(List.of(changed)), sent).all();

        assertThat(checks)
                .flatExtracting(Check::violations)
                .singleElement()
                .asString()
                .contains("10.500001");
    }

    private List<Check> ledger(SpecificRecord... events) {
        var topic = WalletTopic.of(List.of(events));
        return new UsageChecks(new LedgerUsage(topic), CATALOGUE, ACCOUNTS, sent).ofTheLedger();
    }

    private static UsageLeftToArrears left(long sequence, String id, ChaosMeter meter, String quantity) {
        return UsageLeftToArrears.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(sequence)
                .setRecordedAt(NOON)
                .setMode(SettlementMode.ARREARS)
                .setLines(List.of(LeftUsage.newBuilder()
                        .setSource("/s")
                        .setId(id)
                        .setMeterId(CATALOGUE.meterId(meter))
                        .setQuantity(quantity)
                        .setOccurredAt(NOON)
                        .build()))
                .build();
    }

    private static UsageAdjusted adjusted(
            long sequence, String correction, @Nullable String before, @Nullable String after) {
        return adjusted(sequence, correction, before, after, CALLS);
    }

    private static UsageAdjusted adjusted(
            long sequence, String correction, @Nullable String before, @Nullable String after, ChaosMeter meter) {
        var difference =
                new BigDecimal(after == null ? "0" : after).subtract(new BigDecimal(before == null ? "0" : before));
        return UsageAdjusted.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(sequence)
                .setRecordedAt(NOON)
                .setCurrency("USD")
                .setSource("/s")
                .setId("a")
                .setMeterId(CATALOGUE.meterId(meter))
                .setBefore(before == null ? null : measure(before, meter))
                .setAfter(after == null ? null : measure(after, meter))
                .setAmount(meter.cost(difference).toPlainString())
                .setReturned(List.of())
                .setAllocations(List.of())
                .setOverdraft(meter.cost(difference).toPlainString())
                .setCorrectionId(correction)
                .setSettledAfter("0")
                .build();
    }

    private static RatedMeasure measure(String quantity, ChaosMeter meter) {
        return new RatedMeasure(
                "price_of_" + meter,
                quantity,
                NOON,
                meter.cost(new BigDecimal(quantity)).toPlainString());
    }

    private static UsageDrawnDown drawn(long sequence, UsageLine line) {
        return UsageDrawnDown.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(sequence)
                .setRecordedAt(NOON)
                .setCurrency("USD")
                .setTotal(line.getAmount())
                .setLines(List.of(line))
                .setAllocations(List.of())
                .setOverdraft(line.getAmount())
                .setSettledAfter("0")
                .build();
    }

    private static UsageLine line(String id, String quantity, String amount) {
        return line(id, quantity, amount, CALLS);
    }

    private static UsageLine line(String id, String quantity, String amount, ChaosMeter meter) {
        return UsageLine.newBuilder()
                .setSource("/s")
                .setId(id)
                .setMeterId(CATALOGUE.meterId(meter))
                .setPriceId("price_" + meter.eventName())
                .setQuantity(quantity)
                .setAmount(amount)
                .setOccurredAt(NOON)
                .build();
    }
}
