package io.drawdown.reporting.wallet;

import static io.drawdown.reporting.WalletHistory.measure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drawdown.events.crm.LeadConverted;
import io.drawdown.reporting.WalletHistory;
import io.drawdown.reporting.wallet.WalletBatch.UsageKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class WalletBatchTest {

    static final Instant LAST_OF_OCTOBER = Instant.parse("2026-10-31T23:59:59.999Z");
    static final Instant FIRST_OF_NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");

    final WalletHistory history = new WalletHistory("w-1", "acct_1", "USD");
    final WalletBatch batch = new WalletBatch(Map.of());

    @Test
    void addsUpWhatWentInAndOut() {
        add(history.granted("45.00", "40.00")
                .drawnDown("mtr_1", FIRST_OF_NOVEMBER, "0.01", "0.02")
                .events());

        var wallet = batch.wallet("w-1");
        assertThat(wallet.settled).isEqualByComparingTo("44.97");
        assertThat(wallet.granted).isEqualByComparingTo("45.00");
        assertThat(wallet.paid).isEqualByComparingTo("40.00");
        assertThat(wallet.drawnDown).isEqualByComparingTo("0.03");
        assertThat(wallet.sequence).isEqualTo(2);
    }

    @Test
    void whatExpiresLeavesTheBalance() {
        add(history.granted("45", "45").expired("5").events());

        assertThat(batch.wallet("w-1").settled).isEqualByComparingTo("40");
        assertThat(batch.wallet("w-1").drawnDown).isZero();
        assertThat(batch.wallet("w-1").isIncomplete()).isFalse();
    }

    @Test
    void whatRollsOverStaysAndIsNotGrantedAgain() {
        add(history.granted("45", "40").rolledOver("30", "15").events());

        var wallet = batch.wallet("w-1");
        assertThat(wallet.settled).isEqualByComparingTo("30");
        assertThat(wallet.granted).isEqualByComparingTo("45");
        assertThat(wallet.paid).isEqualByComparingTo("40");
        assertThat(wallet.isIncomplete()).isFalse();
    }

    @Test
    void whatIsRefundedAfterItExpiredWasNotGrantedAfterAll() {
        add(history.granted("45", "40")
                .expired("15")
                .clawedBack("30", "40", "15")
                .events());

        var wallet = batch.wallet("w-1");
        assertThat(wallet.settled).isEqualByComparingTo("0");
        assertThat(wallet.granted).isEqualByComparingTo("0");
        assertThat(wallet.paid).isEqualByComparingTo("0");
    }

    @Test
    void whatIsCapturedCountsAsDrawnDownOfItsMeter() {
        add(history.granted("45", "45")
                .captured("mtr_1", "5")
                .captured(null, "2")
                .events());

        assertThat(batch.wallet("w-1").settled).isEqualByComparingTo("38");
        assertThat(batch.wallet("w-1").drawnDown).isEqualByComparingTo("7");
        assertThat(batch.usage())
                .hasEntrySatisfying(
                        new UsageKey("w-1", LocalDate.of(2026, 10, 30), "mtr_1"),
                        sum -> assertThat(sum.amount).isEqualByComparingTo("5"))
                .hasEntrySatisfying(
                        new UsageKey("w-1", LocalDate.of(2026, 10, 30), "captured-hold"),
                        sum -> assertThat(sum.events).isOne());
    }

    @Test
    void countsUsageOnTheDayItOccurred() {
        add(history.drawnDown("mtr_1", LAST_OF_OCTOBER, "1")
                .drawnDown("mtr_1", FIRST_OF_NOVEMBER, "2", "3")
                .events());

        var october = batch.usage().get(new UsageKey("w-1", LocalDate.of(2026, 10, 31), "mtr_1"));
        var november = batch.usage().get(new UsageKey("w-1", LocalDate.of(2026, 11, 1), "mtr_1"));
        assertThat(october.amount).isEqualByComparingTo("1");
        assertThat(november.amount).isEqualByComparingTo("5");
        assertThat(november.events).isEqualTo(2);
    }

    @Test
    void followsAWalletUntilItIsClosed() {
        add(history.granted("45", "45").closed("45").events());

        assertThat(batch.wallet("w-1").settled).isEqualByComparingTo("0");
        assertThat(batch.wallet("w-1").isIncomplete()).isFalse();
    }

    @Test
    void passesByWhatStripeBills() {
        add(history.granted("45", "45")
                .leftToArrears("mtr_1", "7")
                .drawnDown("mtr_1", FIRST_OF_NOVEMBER, "1")
                .events());

        assertThat(batch.wallet("w-1").settled).isEqualByComparingTo("44");
        assertThat(batch.wallet("w-1").isIncomplete()).isFalse();
        assertThat(batch.usage()).hasSize(1);
    }

    @Test
    void aCorrectionMovesUsageFromDayToDay() {
        add(history.drawnDown("mtr_1", LAST_OF_OCTOBER, "1", "1")
                .adjusted("mtr_1", "2", measure("1", LAST_OF_OCTOBER, "1"), measure("3", FIRST_OF_NOVEMBER, "3"))
                .events());

        assertUsage(LocalDate.of(2026, 10, 31), "1", "1", 1);
        assertUsage(LocalDate.of(2026, 11, 1), "3", "3", 1);
        assertThat(batch.wallet("w-1").drawnDown).isEqualByComparingTo("4");
        assertThat(batch.wallet("w-1").settled).isEqualByComparingTo("-4");
    }

    @Test
    void voidedUsageCountsNoMore() {
        add(history.drawnDown("mtr_1", FIRST_OF_NOVEMBER, "1")
                .adjusted("mtr_1", "-1", measure("1", FIRST_OF_NOVEMBER, "1"), null)
                .events());

        assertUsage(LocalDate.of(2026, 11, 1), "0", "0", 0);
        assertThat(batch.wallet("w-1").drawnDown).isZero();
    }

    @Test
    void whatOtherUsageMakesCheaperFallsOnTheDayThatCountsNow() {
        add(history.drawnDown("mtr_1", LAST_OF_OCTOBER, "10")
                .adjusted("mtr_1", "-4", null, measure("1", FIRST_OF_NOVEMBER, null))
                .events());

        assertUsage(LocalDate.of(2026, 10, 31), "10", "1", 1);
        assertUsage(LocalDate.of(2026, 11, 1), "-4", "1", 1);
    }

    private void assertUsage(LocalDate day, String amount, String quantity, long events) {
        assertThat(batch.usage()).hasEntrySatisfying(new UsageKey("w-1", day, "mtr_1"), sum -> {
            assertThat(sum.amount).isEqualByComparingTo(amount);
            assertThat(sum.quantity).isEqualByComparingTo(quantity);
            assertThat(sum.events).isEqualTo(events);
        });
    }

    @Test
    void ignoresARedeliveredEvent() {
        var events = history.granted("45", "45")
                .drawnDown("mtr_1", FIRST_OF_NOVEMBER, "1")
                .events();

        add(events);
        add(events);

        assertThat(batch.wallet("w-1").drawnDown).isEqualByComparingTo("1");
        assertThat(batch.usage().values()).extracting(sum -> sum.events).containsExactly(1L);
        assertThat(batch.missing()).isEmpty();
    }

    @Test
    void standsStillAtAGapAndSaysSoOnce() {
        var events =
                history.granted("45", "45").granted("1", "1").granted("2", "2").events();

        add(List.of(events.get(0), events.get(2), events.get(3)));

        assertThat(batch.wallet("w-1").sequence).isZero();
        assertThat(batch.wallet("w-1").isIncomplete()).isTrue();
        assertThat(batch.wallet("w-1").settled).isEqualByComparingTo("0");
        assertThat(batch.missing()).extracting(Entry::sequence).containsExactly(2L);
    }

    @Test
    void isWholeAgainWhenWhatWasMissingHasCome() {
        var events = history.granted("45", "45").granted("1", "1").events();

        add(List.of(events.get(0), events.get(2)));
        add(List.of(events.get(1), events.get(2)));

        assertThat(batch.wallet("w-1").isIncomplete()).isFalse();
        assertThat(batch.wallet("w-1").settled).isEqualByComparingTo("46");
        assertThat(batch.missing()).isEmpty();
    }

    @Test
    void isIncompleteWithoutItsOpening() {
        add(history.granted("45", "45").events().subList(1, 2));

        assertThat(batch.wallet("w-1").isIncomplete()).isTrue();
        assertThat(batch.wallet("w-1").currency).isNull();
    }

    @Test
    void followsAReplenishment() {
        add(history.replenishing("10", "45").requested("r-1", "45").events());

        assertThat(batch.wallet("w-1").pending).isEqualTo("r-1");
        assertThat(batch.wallet("w-1").threshold).isEqualByComparingTo("10");

        add(history.failed("r-1").events().subList(3, 4));

        assertThat(batch.wallet("w-1").pending).isNull();
        assertThat(batch.wallet("w-1").lastFailure).isEqualTo("declined");
    }

    @Test
    void keepsTheNewestEntries() {
        add(history.granted("1", "1").granted("2", "2").granted("3", "3").events());

        assertThat(batch.newest(2)).extracting(Entry::sequence).containsExactly(2L, 3L);
    }

    @Test
    void takesOnlyEventsOfWallets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Entry.of(new LeadConverted("l", "c", "o", FIRST_OF_NOVEMBER)))
                .withMessageContaining("LeadConverted");
    }

    private void add(List<? extends SpecificRecord> events) {
        events.stream().map(Entry::of).forEach(batch::add);
    }
}
