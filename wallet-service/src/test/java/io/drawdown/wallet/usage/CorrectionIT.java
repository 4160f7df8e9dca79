package io.drawdown.wallet.usage;

import static io.drawdown.wallet.Outside.mapping;
import static io.drawdown.wallet.usage.UsageIT.beginOfMonth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.PriceTier;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.UsageAdjustment;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.UsagePeriod;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wallet.snapshot.SnapshotTable;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import tools.jackson.databind.JsonNode;

class CorrectionIT extends WalletIntegrationTest {

    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    static final Instant BEFORE_ANY_PRICE = LONG_AGO.minusSeconds(3_600);

    /** A partition that there is not. */
    static final int NOWHERE = 4_711;

    final String account = Outside.unique("acc");

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private WalletHistory history;

    @Autowired
    private SnapshotTable snapshots;

    @Autowired
    private Wallets wallets;

    @Autowired
    private ReplayedUsageTable replayed;

    @Autowired
    private ParkedCorrectionTable parkedCorrections;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    private WalletClient wallet;
    private String meter;

    @BeforeEach
    void open() {
        wallet = new WalletClient(billing, account);
        wallet.open();
        meter = outside.meteredAt("1", "USD");
    }

    @Test
    void givesBackWhatVoidedUsageTookFromTheGrantsThatItBurned() {
        wallet.grant("3");
        wallet.grant("10");
        outside.usage(account, meter, "2");
        var wrong = outside.usage(account, meter, "4");
        settles("7");
        outside.voidUsage(wrong);
        settles("11");
        var entry = adjustments().getFirst();
        assertThat(entry.path("amount").path("amount").asString()).isEqualTo("4.00");
        assertThat(entry.path("cause").path("id").asString()).isEqualTo(wrong.getId());
        assertThat(entry.path("cause").path("requestedBy").asString()).isEqualTo("backend");
        assertThat(entry.path("cause").path("returned"))
                .extracting(lot -> lot.path("amount").path("amount").asString())
                .containsExactly("1.00", "3.00");
        var movements = wallet.get(
                        "/v1/wallets/" + wallet.id() + "/statements?from=" + now().minusSeconds(3_600) + "&to=" + now())
                .path("movements");
        assertThat(movements)
                .filteredOn(movement -> movement.path("kind").asString().equals("ADJUSTED"))
                .extracting(movement -> movement.path("quantity").asString())
                .containsExactly("-4");
    }

    @Test
    void replacesUsageTwiceAndThenVoidsIt() {
        wallet.grant("10");
        var usage = outside.usage(account, meter, "4");
        outside.replace(usage, "1");
        settles("9");
        outside.replace(usage, "12");
        settles("-2");
        outside.voidUsage(usage);
        settles("10");
        assertThat(wallet.show().path("overdraft").path("amount").asString()).isEqualTo("0.00");
        assertThat(adjustments())
                .extracting(entry -> entry.path("amount").path("amount").asString())
                .containsExactly("3.00", "-11.00", "12.00");
    }

    @Test
    void standsInTheOrderOfThePartitionWithWhatItCorrects() {
        listeners.getListenerContainer(UsageListener.ID).stop();
        var usage = outside.usage(account, meter, "4");
        outside.voidUsage(usage);
        outside.usage(account, meter, "5");
        listeners.getListenerContainer(UsageListener.ID).start();
        settles("-5");
        assertThat(adjustments()).hasSize(1);
    }

    @Test
    void ignoresACorrectionThatComesAgain() {
        var usage = outside.usage(account, meter, "4");
        var correction = outside.replace(usage, "3");
        settles("-3");
        outside.accept(correction);
        outside.usage(account, meter, "1");
        settles("-4");
        listeners.getListenerContainer(UsageListener.ID).stop();
        outside.accept(correction);
        listeners.getListenerContainer(UsageListener.ID).start();
        outside.usage(account, meter, "1");
        settles("-5");
        assertThat(adjustments()).hasSize(1);
    }

    @Test
    void correctsUsageThatIsStillParked() {
        var unmapped = Outside.unique("mtr");
        var voided = outside.usage(account, unmapped, "4");
        var replaced = outside.usage(account, unmapped, "7");
        awaitParked(replaced, "7");
        outside.voidUsage(voided);
        outside.replace(replaced, "2");
        awaitParked(replaced, "2");
        map(unmapped);
        settles("-2");
        assertThat(wallet.usageIds()).containsExactly(replaced.getId());
    }

    @Test
    void findsUsageThatWasParkedAndDrawnDownLater() {
        var unmapped = Outside.unique("mtr");
        var parked = IntStream.range(0, 3)
                .mapToObj(_ -> outside.usage(account, unmapped, "2"))
                .toList();
        awaitParked(parked.getLast(), "2");
        outside.usage(account, meter, "1");
        settles("-1");
        map(unmapped);
        settles("-7");
        outside.usage(account, meter, "1");
        settles("-8");
        outside.voidUsage(parked.get(1));
        settles("-6");
    }

    @Test
    void forgetsWhereParkedUsageWentOnceItCannotBeCorrectedAnyMore() {
        replayed.add(List.of(noted(1), noted(2)), LONG_AGO);
        replayed.add(List.of(noted(3)), LONG_AGO.plusSeconds(1));
        var wanted = new CorrectedUsage(
                NOWHERE,
                9,
                2,
                new AccountId(account),
                meter,
                "/test",
                "u2",
                null,
                new UsageAdjustment.Correction("cor", "wrong", "test"));
        parkedCorrections.park(new ParkedCorrection(wanted, ParkedUsage.Reason.NO_PRICE, "waits for its price"));
        replayed.forgetBefore(LONG_AGO.plusSeconds(1));
        assertThat(LongStream.of(1, 2, 3).filter(this::isNoted)).containsExactly(2L, 3L);
        parkedCorrections.remove(wanted);
        replayed.forgetBefore(LONG_AGO.plusSeconds(2));
        assertThat(LongStream.of(1, 2, 3).filter(this::isNoted)).isEmpty();
    }

    private ReplayedUsage.Place noted(long offset) {
        var usage = new Usage(
                NOWHERE, offset, new AccountId(account), meter, "/test", "u" + offset, BigDecimal.ONE, LONG_AGO, null);
        return new ReplayedUsage.Place(usage, new WalletId(wallet.id()), 3);
    }

    private boolean isNoted(long offset) {
        return replayed.sequence(new WalletId(wallet.id()), NOWHERE, offset).isPresent();
    }

    /** Every one of many draw-downs is found, whatever else stands between them. */
    @Test
    void findsUsageAmongManyDrawDowns() {
        var usages = IntStream.range(0, 30)
                .mapToObj(i -> {
                    var usage = outside.usage(account, meter, "1");
                    if (i % 3 == 0) {
                        settles(Integer.toString(-i - 1));
                    }
                    return usage;
                })
                .toList();
        settles("-30");
        assertThat(history.after(new WalletId(wallet.id()), -1, 1_000))
                .filteredOn(UsageDrawnDown.class::isInstance)
                .hasSizeGreaterThan(10);
        usages.forEach(outside::voidUsage);
        settles("0");
        assertThat(adjustments()).hasSize(30);
    }

    @Test
    void parksACorrectionOfUsageThatNeverCameAndShowsWhy() {
        var never = outside.nextUsage(account, meter, "1");
        var correction = outside.voidUsage(never);
        await().untilAsserted(() -> assertThat(parkedCorrections()).anySatisfy(parked -> {
            assertThat(parked.path("correctionId").asString()).isEqualTo(correction.getId());
            assertThat(parked.path("reason").asString()).isEqualTo("not-in-ledger");
        }));
    }

    /** Two corrections wait for the price of the time to which they move the usage; the later one counts. */
    @Test
    void followsAParkedCorrectionWhenItsPriceComes() {
        var usage = outside.usage(account, meter, "4");
        outside.replace(usage, "9", BEFORE_ANY_PRICE);
        awaitParked(usage, outside.replace(usage, "5", BEFORE_ANY_PRICE), "no-price");
        settles("-4");
        mapEarlier();
        settles("-10");
        assertThat(adjustments()).hasSize(1);
        assertThat(parkedCorrections(usage)).isEmpty();
    }

    @Test
    void aLaterCorrectionTakesThePlaceOfAParkedOne() {
        var usage = outside.usage(account, meter, "4");
        awaitParked(usage, outside.replace(usage, "9", BEFORE_ANY_PRICE), "no-price");
        outside.replace(usage, "3");
        settles("-3");
        assertThat(parkedCorrections(usage)).isEmpty();
        mapEarlier();
        billing.post().uri("/v1/parked-usage/replay").exchange().expectStatus().isOk();
        outside.usage(account, meter, "2", BEFORE_ANY_PRICE);
        settles("-7");
        assertThat(adjustments()).hasSize(1);
    }

    /** The value of the first usage stands for the text; the second, which came with zero, is the last one that is voided. */
    @Test
    void takesADifferentTextAwayWithItsLastUse() {
        var users = Outside.unique("mtr");
        var price = Outside.unique("price");
        outside.price(price, "3", "USD", false);
        outside.meter(users, Aggregation.UNIQUE_COUNT, mapping(price, LONG_AGO));
        wallet.grant("10");
        var first = ofText(users, "1", "anna");
        var second = ofText(users, "0", "anna");
        ofText(users, "1", "otto");
        settles("4");
        var kept = outside.voidText(first, first, true);
        awaitAdjusted(kept);
        settles("4");
        var gone = outside.voidText(second, first, false);
        awaitAdjusted(gone);
        settles("7");
        assertThat(adjustments())
                .extracting(entry -> entry.path("amount").path("amount").asString())
                .containsExactly("0.00", "3.00");
        assertThat(adjustments())
                .extracting(entry -> entry.path("cause").path("id").asString())
                .containsOnly(first.getId());
    }

    private UsageAccepted ofText(String users, String value, String text) {
        var usage = outside.nextUsage(account, users, value);
        usage.setText(text);
        outside.accept(usage);
        return usage;
    }

    private void awaitAdjusted(UsageCorrected correction) {
        await().untilAsserted(() -> assertThat(adjustments())
                .extracting(entry -> entry.path("cause").path("correctionId").asString())
                .contains(correction.getId()));
    }

    /** Two a unit from before the price that the meter had. */
    private void mapEarlier() {
        var earlier = Outside.unique("price");
        var later = Outside.unique("price");
        outside.price(earlier, "2", "USD", false);
        outside.price(later, "1", "USD", false);
        outside.meter(meter, mapping(earlier, BEFORE_ANY_PRICE), mapping(later, LONG_AGO));
    }

    @Test
    void ratesACorrectionByTheTotalOfTheMonth() {
        var tiered = outside.meteredByTiers(
                Aggregation.SUM,
                PricingScheme.VOLUME,
                "USD",
                new PriceTier("10", "1", "0"),
                new PriceTier(null, "0.5", "0"));
        wallet.grant("100");
        var first = outside.usage(account, tiered, "8", beginOfMonth(now()));
        settles("92");
        outside.usage(account, tiered, "4", beginOfMonth(now()));
        settles("94");
        outside.replace(first, "2");
        settles("94");
        outside.replace(first, "6");
        settles("90");
        outside.voidUsage(first);
        settles("96");
    }

    @Test
    void readsTheMonthAgainWhenItsLastValueIsWithdrawn() {
        var price = Outside.unique("price");
        var gauge = Outside.unique("mtr");
        outside.price(price, "1", "USD", false);
        outside.meter(gauge, Aggregation.LAST, mapping(price, LONG_AGO));
        var begin = beginOfMonth(now());
        var values = List.of(
                outside.usage(account, gauge, "7", begin),
                outside.usage(account, gauge, "3", begin.plusSeconds(1)),
                outside.usage(account, gauge, "9", begin.plusSeconds(2)));
        settles("-9");
        outside.voidUsage(values.get(2));
        settles("-3");
        outside.replace(values.get(1), "4");
        settles("-4");
        outside.voidUsage(values.get(1));
        settles("-7");
        outside.voidUsage(values.get(0));
        settles("0");
    }

    @Test
    void readsAMonthOfManyEventsAndNoMoreThanItMay() {
        var price = Outside.unique("price");
        var gauge = Outside.unique("mtr");
        outside.price(price, "1", "USD", false);
        outside.meter(gauge, Aggregation.MAX, mapping(price, LONG_AGO));
        outside.usage(account, gauge, "7", beginOfMonth(now()));
        settles("-7");
        IntStream.range(0, 150).forEach(_ -> wallet.grant("1"));
        var largest = outside.usage(account, gauge, "9", beginOfMonth(now()));
        settles("141");

        assertThatThrownBy(() -> others(largest, price, 152))
                .isInstanceOfSatisfying(
                        NotYetCorrectable.class, not -> assertThat(not.reason()).isEqualTo(Reason.PERIOD_TOO_LONG));
        assertThat(others(largest, price, 153)).extracting(Measure::quantity).containsExactly(new BigDecimal("7"));
        outside.voidUsage(largest);
        settles("143");
    }

    /** A draw-down may carry a thousand. */
    @Test
    void usageMakesAMonthLongerThanItsEvents() {
        var used = IntStream.range(0, 64)
                .mapToObj(_ -> outside.usage(account, meter, "1"))
                .toList();
        settles("-64");
        var state = wallets.find(WalletId.of(new AccountId(account))).orElseThrow();

        assertThatThrownBy(() -> others(used.getFirst(), "price", state.version() + 3))
                .isInstanceOf(NotYetCorrectable.class);
        assertThat(others(used.getFirst(), "price", state.version() + 4)).isEmpty();
    }

    private List<Measure> others(UsageAccepted usage, String price, long eventsMax) {
        var state = wallets.find(WalletId.of(new AccountId(account))).orElseThrow();
        var period = UsagePeriod.of(usage.getMeterId(), price, usage.getOccurredAt(), state.zone());
        return new PeriodSearch(history, snapshots, state, period, eventsMax)
                .without(new UsageName(usage.getSource(), usage.getId()))
                .toList();
    }

    private void map(String unmapped) {
        var price = Outside.unique("price");
        outside.price(price, "1", "USD", false);
        outside.meter(unmapped, mapping(price, LONG_AGO));
    }

    private void settles(String balance) {
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo(balance));
    }

    private void awaitParked(UsageAccepted usage, String quantity) {
        await().untilAsserted(() -> assertThat(jdbc.sql("select quantity from parked_usage where usage_id = ?")
                        .param(usage.getId())
                        .query(String.class)
                        .list())
                .containsExactly(quantity));
    }

    private List<JsonNode> adjustments() {
        return wallet.ledger()
                .valueStream()
                .filter(entry -> entry.path("type").asString().equals("UsageAdjusted"))
                .toList();
    }

    private void awaitParked(UsageAccepted usage, UsageCorrected correction, String reason) {
        await().untilAsserted(() -> assertThat(parkedCorrections(usage))
                .singleElement()
                .satisfies(parked -> {
                    assertThat(parked.path("correctionId").asString()).isEqualTo(correction.getId());
                    assertThat(parked.path("reason").asString()).isEqualTo(reason);
                }));
    }

    private List<JsonNode> parkedCorrections(UsageAccepted usage) {
        return parkedCorrections().stream()
                .filter(parked -> parked.path("usageId").asString().equals(usage.getId()))
                .toList();
    }

    private List<JsonNode> parkedCorrections() {
        return wallet.get("/v1/parked-corrections?limit=1000")
                .path("data")
                .valueStream()
                .toList();
    }
}
