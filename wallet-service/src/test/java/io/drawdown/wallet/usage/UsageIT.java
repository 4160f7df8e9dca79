package io.drawdown.wallet.usage;

import static io.drawdown.wallet.Outside.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Money;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.PriceTier;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.WalletTopic;
import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wallet.usage.UsageIntake.Move;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class UsageIT extends WalletIntegrationTest {

    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    final String account = Outside.unique("acc");

    @Autowired
    private UsageIntake intake;

    @Autowired
    private Catalogue catalogue;

    @Autowired
    private WalletTopic topic;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private TransactionTemplate transactions;

    private WalletClient wallet;

    @BeforeEach
    void name() {
        wallet = new WalletClient(billing, account);
    }

    @Test
    void drawsDownWhatUsageCostsUnrounded() {
        var meter = outside.meteredAt("0.00015", "USD");
        wallet.open();
        wallet.grant("10");
        outside.usage(account, meter, "3");
        settles("9.99955");
    }

    @Test
    void tellsHowOldWhatItDrawsDownIsAndHowMuchWaits() {
        var meter = outside.meteredAt("1", "USD");
        wallet.open();
        var age = meters.get("drawdown.wallet.usage.age").timer();
        long before = age.count();
        outside.usage(account, meter, "1");
        settles("-1");
        await().untilAsserted(() -> assertThat(age.count()).isGreaterThan(before));
        assertThat(age.max(TimeUnit.SECONDS)).isPositive();
        // Those of partitions, which another consumer may have before this one, take the place of those of clients once
        // a minute.
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(meters.get("kafka.consumer.fetch.manager.records.lag.max")
                                .gauges())
                        .extracting(gauge -> gauge.getId().getTag("spring.id"))
                        .anySatisfy(consumer -> assertThat(consumer).startsWith("usage.")));
    }

    @Test
    void keepsTheTraceThatBroughtTheUsage() {
        var meter = outside.meteredAt("1", "USD");
        wallet.open();
        var usage = outside.nextUsage(account, meter, "1");
        outside.accept(usage, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        settles("-1");
        assertThat(wallet.usageLines().getFirst().path("traceId").asString())
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void ignoresUsageThatIsAcceptedAgain() {
        var meter = outside.meteredAt("1", "USD");
        wallet.open();
        var batch = IntStream.range(0, 20)
                .mapToObj(i -> outside.usage(account, meter, "1"))
                .toList();
        settles("-20");
        batch.forEach(outside::accept);
        outside.usage(account, meter, "5");
        settles("-25");
        assertThat(wallet.usageIds()).doesNotHaveDuplicates().hasSize(21);
    }

    @Test
    void refusesAWriterThatWasDisplacedAndRecordsNothingOfIt() {
        var meter = outside.meteredAt("1", "USD");
        wallet.open();
        outside.usage(account, meter, "1");
        settles("-1");
        var stale = new Usage(
                Outside.partition(account),
                Long.MAX_VALUE - 1,
                new AccountId(account),
                meter,
                "/zombie",
                "z",
                BigDecimal.TEN,
                LONG_AGO,
                null);
        var unmoved = new Move(Position.START, new Position(Long.MAX_VALUE - 1, 99_999));
        var outdated = new Move(new Position(-1, 1), new Position(Long.MAX_VALUE - 1, 99_999));
        var another = new Move(Position.START, new Position(0, 1));
        for (var moves : List.of(
                Map.of(stale.sourcePartition(), unmoved),
                Map.of(stale.sourcePartition(), outdated),
                Map.of(-1, another, stale.sourcePartition(), outdated))) {
            assertThatThrownBy(() -> intake.record(List.of(stale), moves))
                    .isInstanceOf(DisplacedException.class)
                    .hasMessageContaining("Partition " + stale.sourcePartition());
        }
        assertThat(wallet.settled()).isEqualByComparingTo("-1");
        outside.usage(account, meter, "1");
        settles("-2");
    }

    @Test
    void parksUsageWithoutAWalletAndDrawsItDownWhenOneOpens() {
        var meter = outside.meteredAt("1", "USD");
        var usages = List.of(outside.usage(account, meter, "1"), outside.usage(account, meter, "2"));
        parked(usages, "no-wallet");
        wallet.open();
        settles("-3");
        assertThat(parkedReasons(usages)).isEmpty();
        assertThat(wallet.usageIds()).containsExactlyElementsOf(ids(usages));
    }

    /** A row that is locked bears the transaction that has done so. */
    @Test
    void locksNothingOfAccountsThatHaveNoWalletStill() {
        var without = outside.usage(Outside.unique("none"), outside.meteredAt("1", "USD"), "1");
        parked(List.of(without), "no-wallet");

        replay();
        assertThat(jdbc.sql("select xmax::text from parked_usage where usage_id = ?")
                        .param(without.getId())
                        .query(String.class)
                        .list())
                .containsExactly("0");
    }

    /** It may fail, and what follows is to stay behind it. */
    @Test
    void drawsNothingDownAheadOfWhatAnotherReplayIsTrying() {
        var meter = outside.meteredAt("1", "USD");
        var usages = List.of(outside.usage(account, meter, "1"), outside.usage(account, meter, "2"));
        parked(usages, "no-wallet");
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("select 1 from parked_usage where usage_id = ? for update")
                    .param(usages.getFirst().getId())
                    .query()
                    .singleRow();
            wallet.open();
            replay();
            assertThat(parkedReasons(usages)).hasSize(2);
            assertThat(wallet.settled()).isZero();
        });
        replay();
        settles("-3");
        assertThat(wallet.usageIds()).containsExactlyElementsOf(ids(usages));
    }

    private void replay() {
        billing.post().uri("/v1/parked-usage/replay").exchange().expectStatus().isOk();
    }

    @Test
    void parksUsageWithoutAPriceAndDrawsItDownWhenItIsMapped() {
        var meter = Outside.unique("mtr");
        wallet.open();
        var usages = List.of(outside.usage(account, meter, "4"));
        parked(usages, "no-price");
        var price = Outside.unique("price");
        outside.price(price, "0.50", "USD", false);
        outside.meter(meter, mapping(price, LONG_AGO));
        settles("-2");
        assertThat(parkedReasons(usages)).isEmpty();
    }

    /** The change is announced in the midst of the usage, and what comes late still costs what it did then. */
    @Test
    void ratesUsageByThePriceOfItsTimeWhileThatChanges() {
        var change = Instant.parse("2026-11-20T12:00:00Z");
        var before = change.minusMillis(1);
        var cheap = priceOf("1");
        var dear = priceOf("10");
        var meter = Outside.unique("mtr");
        outside.meter(meter, mapping(cheap, LONG_AGO));
        wallet.open();
        use(meter, before, 50);
        outside.meter(meter, mapping(cheap, LONG_AGO), mapping(dear, change));
        use(meter, before, 50);
        awaitPrice(meter, change, dear);
        for (int i = 0; i < 50; i++) {
            use(meter, change, 1);
            use(meter, before, 1);
        }
        settles("-650");
    }

    /** Whoever changes a price therefore names an instant that is still to come. */
    @Test
    void keepsThePriceThatUsageWasRatedByWhenAnotherOfThatTimeComesLater() {
        var change = Instant.parse("2026-11-20T12:00:00Z");
        var cheap = priceOf("1");
        var dear = priceOf("10");
        var meter = Outside.unique("mtr");
        outside.meter(meter, mapping(cheap, LONG_AGO));
        wallet.open();
        use(meter, change, 3);
        settles("-3");
        outside.meter(meter, mapping(cheap, LONG_AGO), mapping(dear, change));
        awaitPrice(meter, change, dear);
        use(meter, change, 1);
        settles("-13");
    }

    private String priceOf(String dollars) {
        var price = Outside.unique("price");
        outside.price(price, dollars, "USD", false);
        return price;
    }

    private void awaitPrice(String meter, Instant at, String priceId) {
        await().until(() -> catalogue.prices().rate(meter, BigDecimal.ONE, at) instanceof Rated rated
                && rated.priceId().equals(priceId));
    }

    private void use(String meter, Instant occurredAt, int times) {
        for (int i = 0; i < times; i++) {
            outside.usage(account, meter, "1", occurredAt);
        }
    }

    @Test
    void parksWhatItCannotRateOrTakeAndSaysWhy() {
        var withoutTiers = outside.meteredByTiers(Aggregation.SUM, PricingScheme.GRADUATED, "USD");
        var unknown = outside.meteredByTiers(Aggregation.SUM, PricingScheme.UNKNOWN, "USD");
        var euroMeter = outside.meteredAt("1", "EUR");
        wallet.open();
        parked(List.of(outside.usage(account, withoutTiers, "1")), "unsupported-scheme");
        parked(List.of(outside.usage(account, unknown, "1")), "unsupported-scheme");
        parked(List.of(outside.usage(account, euroMeter, "1")), "currency-mismatch");
        assertThat(wallet.settled()).isZero();
    }

    @Test
    void chargesWhatUsageAddsToTheCostOfTheMonth() {
        var meter = outside.meteredByTiers(
                Aggregation.SUM,
                PricingScheme.GRADUATED,
                "USD",
                new PriceTier("10", "1", "5"),
                new PriceTier(null, "0.5", "0"));
        wallet.open();
        wallet.grant("100");
        var thisMonth = beginOfMonth(now());
        outside.usage(account, meter, "4", thisMonth);
        settles("91");
        outside.usage(account, meter, "8", thisMonth);
        settles("84");
        outside.usage(account, meter, "1", thisMonth.minusMillis(1));
        settles("78");
        assertThat(wallet.usageLines())
                .extracting(line -> line.path("runningTotal").asString())
                .containsExactly("4", "12", "1");
    }

    @Test
    void givesCreditBackWhenTheLastValueFalls() {
        var price = Outside.unique("price");
        var meter = Outside.unique("mtr");
        outside.price(price, "2", "USD", false);
        outside.meter(meter, Aggregation.LAST, mapping(price, LONG_AGO));
        wallet.open();
        wallet.grant("100");
        var first = beginOfMonth(now());
        outside.usage(account, meter, "30", first);
        settles("40");
        outside.usage(account, meter, "5", first.plusSeconds(2));
        settles("90");
        outside.usage(account, meter, "40", first.plusSeconds(1));
        outside.usage(account, outside.meteredAt("1", "USD"), "1");
        settles("89");
        assertThat(wallet.show().path("overdraft").path("amount").asString()).isEqualTo("0.00");
    }

    @Test
    void aReplayOverHttpTellsWhatItDid() {
        var usages = List.of(outside.usage(account, Outside.unique("mtr"), "1"));
        parked(usages, "no-price");
        billing.post()
                .uri("/v1/parked-usage/replay")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.drawnDown")
                .isNumber()
                .jsonPath("$.stillParked")
                .value(Integer.class, count -> assertThat(count).isPositive());
    }

    @Test
    void aPoisonRecordStopsNoneOfTheOthers() {
        var meter = outside.meteredAt("1", "USD");
        var other = new WalletClient(billing, besides(account));
        wallet.open();
        other.open();
        outside.usage(account, meter, "1");
        outside.usage(account, meter, "1e999999999");
        outside.usage(account, meter, "-1");
        outside.usage(besides(account), meter, "7");
        outside.usage(account, meter, "2");
        settles("-3");
        assertThat(wallet.usageIds()).hasSize(2);
        await().untilAsserted(() -> assertThat(other.settled()).isEqualByComparingTo("-7"));
    }

    /** Another account whose usage stands on the same partition. */
    private static String besides(String account) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> account + "-besides-" + i)
                .filter(other -> Outside.partition(other) == Outside.partition(account))
                .findFirst()
                .orElseThrow();
    }

    /** An id of a wallet is longer than its account's: too long for the one must be told before the batch. */
    @Test
    void anAccountIdThatIsTooLongStopsNoneOfTheOthers() {
        var meter = outside.meteredAt("1", "USD");
        wallet.open();
        for (int length = 196; length <= 201; length++) {
            var tooLong = outside.nextUsage(account, meter, "7");
            tooLong.setAccountId("a".repeat(length));
            outside.accept(tooLong);
        }
        outside.usage(account, meter, "2");
        settles("-2");
    }

    @Test
    void countsUsageThatItPassesOver() {
        var meter = outside.meteredAt("1", "USD");
        wallet.open();
        var usage = outside.usage(account, meter, "1");
        settles("-1");
        var before = passedOver();
        outside.accept(usage);
        await().untilAsserted(() -> assertThat(passedOver()).isEqualTo(before + 1));
        assertThat(wallet.settled()).isEqualByComparingTo("-1");
    }

    static Instant beginOfMonth(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC))
                .atDay(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
    }

    private double passedOver() {
        return meters.get("drawdown.wallet.usage.passed.over").counter().count();
    }

    @Test
    void asksForOneReplenishmentHoweverMuchIsDrawnDownMeanwhile() {
        var meter = outside.meteredAt("1", "USD");
        wallet.open("50", "200");
        IntStream.range(0, 100).forEach(i -> outside.usage(account, meter, "1"));
        settles("-100");
        await().untilAsserted(() -> assertThat(topic.eventsOf(account))
                .filteredOn(ReplenishRequested.class::isInstance)
                .hasSize(1));
    }

    /** 5,800 units cost 58, which leaves it 68 below the threshold: 3.4 top-ups. */
    @Test
    void asksOnceForSoMuchMoneyThatItEndsAboveTheThresholdHoweverManyUnitsThatIs() {
        var meter = outside.meteredAt("0.01", "USD");
        wallet.open("10", "20");
        outside.usage(account, meter, "5800");
        settles("-58");
        await().untilAsserted(() -> assertThat(topic.eventsOf(account))
                .filteredOn(ReplenishRequested.class::isInstance)
                .singleElement()
                .extracting(asked -> ((ReplenishRequested) asked).getAmount())
                .isEqualTo(new Money("80", "USD")));
    }

    private void settles(String balance) {
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo(balance));
    }

    private void parked(List<UsageAccepted> usages, String reason) {
        await().untilAsserted(() ->
                assertThat(parkedReasons(usages)).hasSize(usages.size()).containsOnly(reason));
    }

    private List<String> parkedReasons(List<UsageAccepted> usages) {
        return jdbc.sql("select reason from parked_usage where usage_id in (:ids)")
                .param("ids", ids(usages))
                .query(String.class)
                .list();
    }

    private static List<String> ids(List<UsageAccepted> usages) {
        return usages.stream().map(UsageAccepted::getId).toList();
    }
}
