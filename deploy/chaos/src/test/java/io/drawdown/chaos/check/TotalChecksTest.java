package io.drawdown.chaos.check;

import static io.drawdown.chaos.load.ChaosMeter.CALLS;
import static io.drawdown.chaos.load.ChaosMeter.JOBS;
import static io.drawdown.chaos.load.ChaosMeter.LEVEL;
import static io.drawdown.chaos.load.ChaosMeter.MESSAGES;
import static io.drawdown.chaos.load.ChaosMeter.PEAK;
import static io.drawdown.chaos.load.ChaosMeter.TRAFFIC;
import static io.drawdown.chaos.load.ChaosMeter.VISITORS;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.ChaosMeter;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Costs of totals, each rule broken once. */
class TotalChecksTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-31T12:00:00Z");
    private static final Catalogue CATALOGUE = new Catalogue(
            Stream.of(ChaosMeter.values()).collect(Collectors.toMap(meter -> meter, meter -> "mtr_" + meter)),
            "price_credit");

    private final Sent sent = new Sent();
    private ZoneId zone = ZoneId.of("UTC");
    private Instant at = NOON;
    private final List<UsageAccepted> accepted = new ArrayList<>();
    private final List<SpecificRecord> events = new ArrayList<>();

    @Test
    void knowWhatTotalsCost() {
        assertThat(cost(MESSAGES, "11")).isEqualByComparingTo("0.30");
        assertThat(cost(JOBS, "25")).isEqualByComparingTo("0.75");
        assertThat(cost(JOBS, "26")).isEqualByComparingTo("1.27");
        assertThat(cost(JOBS, "201")).isEqualByComparingTo("5.7625");
        assertThat(cost(TRAFFIC, "20")).isEqualByComparingTo("0.60");
        assertThat(cost(TRAFFIC, "21")).isEqualByComparingTo("0.52");
        assertThat(cost(JOBS, "0")).isZero();
    }

    private static BigDecimal cost(ChaosMeter meter, String total) {
        return meter.cost(new BigDecimal(total));
    }

    @Test
    void areContentWhenATierMakesEarlierUsageCheaper() {
        drawn(TRAFFIC, "a", "20", "0.60", "20");
        adjusted(TRAFFIC, "b", null, "1", "-0.08", "21");

        assertThat(violations()).isEmpty();
    }

    @Test
    void seeATierThatWasPassedUnnoticed() {
        drawn(TRAFFIC, "a", "20", "0.60", "20");
        drawn(TRAFFIC, "b", "1", "0.03", "21");

        assertThat(violations())
                .contains("wal_acme #1 says that b costs 0.03 and brings TRAFFIC to 21, where it costs -0.08 and brings"
                        + " it to 21")
                .anyMatch(words -> words.contains("which costs 0.52, and was charged 0.63"));
    }

    @Test
    void seeALargestValueThatIsChargedTwiceAndOneThatIsForgotten() {
        drawn(PEAK, "a", "2", "1.5", "2");
        drawn(PEAK, "b", "3", "2.25", "3");

        assertThat(violations()).anyMatch(words -> words.contains("where it costs 0.75"));
    }

    @Test
    void knowTheLargestOfWhatIsLeftAfterACorrection() {
        drawn(PEAK, "a", "2", "1.5", "2");
        drawn(PEAK, "b", "3", "0.75", "3");
        corrected(PEAK, "b", "3", null, "-0.75", "2");

        assertThat(violations()).isEmpty();
    }

    @Test
    void seeALastValueThatDoesNotFall() {
        drawn(LEVEL, "a", "4", "1", "4");
        drawn(LEVEL, "b", "2", "0.5", "2");

        assertThat(violations()).anyMatch(words -> words.contains("where it costs -0.5"));
    }

    @Test
    void seeACorrectionOfWhatDidNotCount() {
        drawn(JOBS, "a", "4", "0.12", "4");
        corrected(JOBS, "a", "3", "5", "0.03", "5");

        assertThat(violations()).anyMatch(words -> words.contains("of a counted, which was"));
    }

    @Test
    void seeATotalWhereEachEventHasItsOwnCost() {
        drawn(CALLS, "a", "4", "0.04", "4");

        assertThat(violations()).contains("wal_acme #0 has 4 as the total of CALLS");
    }

    @Test
    void seeATextThatCountsTwice() {
        used(VISITORS, "a", "7");
        used(VISITORS, "b", "7");
        events.add(draw(line(VISITORS, "a", "1", "0.06", null)));
        assertThat(violations()).isEmpty();

        events.add(draw(line(VISITORS, "b", "1", "0.06", null)));
        assertThat(violations()).singleElement().asString().contains("used 1 of VISITORS");
    }

    @Test
    void seeUsageThatIsChargedInTheMonthThatItHasLeft() {
        drawn(CALLS, "a", "10", "0.1", null);
        sent.add(new Sent.Correction("c", sent.usage().get("a"), BigDecimal.TEN, OCTOBER));

        assertThat(violations())
                .anyMatch(words -> words.contains("used 10 of CALLS in the month from 2026-10-01T00:00:00Z"))
                .anyMatch(words -> words.contains("used 0 of CALLS in the month from 2026-11-01T00:00:00Z"));
        events.add(adjustment(CALLS, "a", "10", "10", "0", null)
                .setBefore(new RatedMeasure("price", "10", NOON, "0.1"))
                .setAfter(new RatedMeasure("price", "10", OCTOBER, "0.1"))
                .setCorrectionId("c")
                .build());
        assertThat(violations()).isEmpty();
    }

    @Test
    void seeAMonthThatBeginsByAnotherClock() {
        at = OCTOBER;
        drawn(JOBS, "a", "25", "0.75", "25");
        at = NOON;
        drawn(JOBS, "b", "1", "0.52", "26");

        assertThat(violations())
                .anyMatch(words -> words.contains("says that b costs 0.52"))
                .anyMatch(words -> words.contains("month from 2026-11-01T00:00:00Z, which costs 0.03"));
        zone = ZoneId.of("Pacific/Kiritimati");
        assertThat(violations()).isEmpty();
    }

    private List<String> violations() {
        var accounts = new Accounts(List.of("acme"), Map.of("acme", zone));
        var used = WindowedUse.of(AcceptedUsage.of(accepted), accounts, sent);
        return new TotalChecks(WalletTopic.of(events), CATALOGUE, accounts)
                .all(used).stream()
                        .flatMap(check -> check.violations().stream())
                        .toList();
    }

    private Sent.Usage used(ChaosMeter meter, String id, String quantity) {
        var usage = new Sent.Usage(id, "acme", meter, new BigDecimal(quantity));
        sent.took(usage);
        accepted.add(UsageAccepted.newBuilder()
                .setId(id)
                .setSource("/s")
                .setAccountId("acme")
                .setMeterId(CATALOGUE.meterId(meter))
                .setValue(quantity)
                .setOccurredAt(at)
                .setAcceptedAt(at)
                .setSourcePartition(0)
                .setSourceOffset(accepted.size())
                .build());
        return usage;
    }

    private void drawn(ChaosMeter meter, String id, String quantity, String amount, String total) {
        used(meter, id, quantity);
        events.add(draw(line(meter, id, quantity, amount, total)));
    }

    private void adjusted(
            ChaosMeter meter, String id, @Nullable String before, @Nullable String after, String amount, String total) {
        used(meter, id, after == null ? "0" : after);
        events.add(adjustment(meter, id, before, after, amount, total).build());
    }

    private void corrected(
            ChaosMeter meter, String id, String before, @Nullable String after, String amount, String total) {
        var quantity = after == null ? null : new BigDecimal(after);
        sent.add(new Sent.Correction("c", sent.usage().get(id), quantity));
        events.add(adjustment(meter, id, before, after, amount, total)
                .setCorrectionId("c")
                .build());
    }

    private UsageAdjusted.Builder adjustment(
            ChaosMeter meter,
            String id,
            @Nullable String before,
            @Nullable String after,
            String amount,
            @Nullable String total) {
        return UsageAdjusted.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(events.size())
                .setRecordedAt(at)
                .setCurrency("USD")
                .setSource("/s")
                .setId(id)
                .setMeterId(CATALOGUE.meterId(meter))
                .setBefore(before == null ? null : new RatedMeasure("price", before, at, null))
                .setAfter(after == null ? null : new RatedMeasure("price", after, at, null))
                .setAmount(amount)
                .setReturned(List.of())
                .setAllocations(List.of())
                .setOverdraft("0")
                .setRunningTotal(total)
                .setLastAt(at)
                .setSettledAfter("0");
    }

    private UsageDrawnDown draw(UsageLine line) {
        return UsageDrawnDown.newBuilder()
                .setWalletId("wal_acme")
                .setAccountId("acme")
                .setSequence(events.size())
                .setRecordedAt(at)
                .setCurrency("USD")
                .setTotal(line.getAmount())
                .setLines(List.of(line))
                .setAllocations(List.of())
                .setOverdraft(line.getAmount())
                .setSettledAfter("0")
                .build();
    }

    private UsageLine line(ChaosMeter meter, String id, String quantity, String amount, @Nullable String total) {
        return UsageLine.newBuilder()
                .setSource("/s")
                .setId(id)
                .setMeterId(CATALOGUE.meterId(meter))
                .setPriceId("price")
                .setQuantity(quantity)
                .setAmount(amount)
                .setOccurredAt(at)
                .setRunningTotal(total)
                .build();
    }
}
