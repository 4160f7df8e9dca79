package io.drawdown.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Sent;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is checked against what was sent: each check is made to fail once. */
class ChecksTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final BigDecimal TEN = BigDecimal.TEN;

    private final Sent sent = new Sent();

    @Test
    void areContentWhenEachEventIsThereOnce() {
        sent.took(new Sent.Usage("a", "acme", "chaos_calls", TEN));

        assertThat(ledger(drawn(0, line("a", "10", "0.1")))).allMatch(Check::holds);
    }

    @Test
    void seeUsageThatIsLost() {
        sent.took(new Sent.Usage("a", "acme", "chaos_calls", TEN));

        assertThat(ledger())
                .filteredOn(check -> !check.holds())
                .extracting(Check::name)
                .contains("Acknowledged usage is drawn down exactly once", "Each account's lines sum to what was sent");
    }

    @Test
    void seeUsageThatCountsTwice() {
        sent.took(new Sent.Usage("a", "acme", "chaos_calls", TEN));

        assertThat(ledger(drawn(0, line("a", "10", "0.1")), drawn(1, line("a", "10", "0.1"))))
                .flatExtracting(Check::violations)
                .contains("a is drawn down 2 times");
    }

    @Test
    void seeUsageThatNobodySent() {
        sent.tookWorthless(new Sent.Usage("b", "acme", "chaos_nothing", TEN));

        assertThat(ledger(drawn(0, line("b", "10", "0.1"))))
                .flatExtracting(Check::violations)
                .anyMatch(words -> words.startsWith("b is drawn down and was never acknowledged"));
    }

    @Test
    void seeAWrongPrice() {
        sent.took(new Sent.Usage("a", "acme", "chaos_calls", TEN));

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

    private List<Check> ledger(UsageDrawnDown... events) {
        return new UsageChecks(WalletTopic.of(List.of(events)), sent).ofTheLedger();
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
        return UsageLine.newBuilder()
                .setSource("/s")
                .setId(id)
                .setMeterId("mtr_chaos_calls")
                .setPriceId("price_chaos_calls")
                .setQuantity(quantity)
                .setAmount(amount)
                .setOccurredAt(NOON)
                .build();
    }
}
