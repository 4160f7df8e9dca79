package io.drawdown.wallet.usage;

import static io.drawdown.wallet.usage.UsageIT.beginOfMonth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.PriceTier;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.WalletTopic;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** Corrections of usage that was left to Stripe's meters. */
class ArrearsCorrectionIT extends WalletIntegrationTest {

    private static final String ARREARS = "arrears";
    private static final String THEN_ARREARS = "prepaid-then-arrears";

    final String account = Outside.unique("acc");

    @Autowired
    private WalletTopic topic;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    private WalletClient wallet;

    @BeforeEach
    void open() {
        wallet = new WalletClient(billing, account);
        wallet.open();
        wallet.grant("10");
    }

    @Test
    void saysWhatIsToBePutRightAtStripe() {
        var meter = settled(Outside.unique("mtr"), ARREARS);
        outside.usage(account, meter, "7");
        var usage = outside.usage(account, meter, "3");
        outside.replace(usage, "2");
        var repeated = outside.voidUsage(usage);
        outside.accept(repeated);
        corrects(2);
        var first = adjusted().getFirst();
        var left = leftWith(usage);
        assertThat(first.getId()).isEqualTo(usage.getId());
        assertThat(first.getBefore()).isEqualTo(new LeftMeasure("3", usage.getOccurredAt()));
        assertThat(first.getAfter()).isEqualTo(new LeftMeasure("2", usage.getOccurredAt()));
        assertThat(first.getBeforeSequence()).isEqualTo(left.getSequence());
        assertThat(left.getLines().get(first.getBeforeLine()).getId()).isEqualTo(usage.getId());
        var second = adjusted().getLast();
        assertThat(second.getBefore()).isEqualTo(first.getAfter());
        assertThat(second.getBeforeSequence()).isEqualTo(first.getSequence());
        assertThat(second.getAfter()).isNull();
        assertThat(second.getCorrectionId()).isEqualTo(repeated.getId());
        assertThat(wallet.settled()).isEqualByComparingTo("10");
        assertThat(wallet.ledger().toString()).contains("ArrearsAdjusted");
        nothingIsParked(repeated);
    }

    /** What the grants covered comes back to them; what was left stays with Stripe, whatever they could cover by now. */
    @Test
    void eachIsCorrectedWhereItIsBilled() {
        var meter = settled(outside.meteredAt("1", "USD"), THEN_ARREARS);
        var covered = outside.usage(account, meter, "8");
        var left = outside.usage(account, meter, "9");
        var alsoCovered = outside.usage(account, meter, "1");
        outside.replace(left, "0.5");
        outside.voidUsage(covered);
        corrects(1);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("9"));
        outside.voidUsage(alsoCovered);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("10"));
        assertThat(adjusted().getFirst().getId()).isEqualTo(left.getId());
        assertThat(events(UsageAdjusted.class))
                .extracting(UsageAdjusted::getId)
                .containsExactly(covered.getId(), alsoCovered.getId());
    }

    /** Of a price by tiers only what the wallet pays for counts in its total, before and after a correction. */
    @Test
    void whatIsLeftDoesNotCountInTheTotalOfTiers() {
        var tiers = outside.meteredByTiers(
                Aggregation.SUM,
                PricingScheme.GRADUATED,
                "USD",
                new PriceTier("5", "1", "0"),
                new PriceTier(null, "0.5", "0"));
        settled(tiers, THEN_ARREARS);
        var month = beginOfMonth(now());
        var first = outside.usage(account, tiers, "6", month);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("4.5"));
        var left = outside.usage(account, tiers, "20", month);
        var small = outside.usage(account, tiers, "2", month);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("3.5"));
        outside.replace(left, "1");
        outside.replace(first, "4");
        corrects(1);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("4.5"));
        outside.voidUsage(small);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("6"));
    }

    @Test
    void findsUsageAmongManyOfEitherMode() {
        var meters = List.of(
                settled(Outside.unique("mtr"), ARREARS),
                settled(outside.meteredAt("100", "USD"), THEN_ARREARS),
                outside.meteredAt("0", "USD"));
        var usages = IntStream.range(0, 40)
                .mapToObj(i -> {
                    var usage = outside.usage(account, meters.get(i % 3), "1");
                    if (i % 7 == 0) {
                        await().untilAsserted(
                                        () -> assertThat(wallet.usageIds()).contains(usage.getId()));
                    }
                    return usage;
                })
                .toList();
        usages.forEach(outside::voidUsage);
        corrects(27);
        await().untilAsserted(() -> assertThat(events(UsageAdjusted.class)).hasSize(13));
    }

    @Test
    void findsWhatWasParkedBeforeItWasLeft() {
        var meter = Outside.unique("mtr");
        var parked = List.of(outside.usage(account, meter, "1"), outside.usage(account, meter, "2"));
        await().untilAsserted(() -> assertThat(
                        wallet.get("/v1/parked-usage?limit=1000").toString())
                .contains(parked.getLast().getId()));
        settled(meter, ARREARS);
        billing.post().uri("/v1/parked-usage/replay").exchange().expectStatus().isOk();
        await().untilAsserted(() -> assertThat(wallet.usageIds()).hasSize(2));
        outside.usage(account, meter, "3");
        outside.replace(parked.getFirst(), "5");
        corrects(1);
        assertThat(adjusted().getFirst().getId()).isEqualTo(parked.getFirst().getId());
    }

    /** A meter moves from one wallet to another; its usage is corrected in the wallet that has it. */
    @Test
    void findsTheWalletOfAnAccountThatHasTheUsage() {
        var meter = outside.meteredAt("1", "USD");
        var tokens = "wal.tokens_" + account;
        open(tokens);
        var drawn = outside.usage(account, meter, "2");
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("8"));
        put("/v1/wallets/" + tokens + "/meters/" + meter, "");
        var drawnByTokens = outside.usage(account, meter, "3");
        await().untilAsserted(() -> assertThat(settledOf(tokens)).isEqualTo("-3.00"));
        put("/v1/wallets/" + tokens + "/settlements/" + meter, "{\"mode\":\"arrears\"}");
        var leftByTokens = outside.usage(account, meter, "4");
        await().untilAsserted(() -> assertThat(events(UsageLeftToArrears.class)).hasSize(1));
        put("/v1/wallets/" + wallet.id() + "/meters/" + meter, "");
        var left = outside.usage(account, meter, "5");
        await().untilAsserted(() -> assertThat(events(UsageLeftToArrears.class)).hasSize(2));

        List.of(drawn, drawnByTokens, leftByTokens, left).forEach(outside::voidUsage);
        corrects(2);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("10"));
        await().untilAsserted(() -> assertThat(settledOf(tokens)).isEqualTo("0.00"));
        assertThat(adjusted()).extracting(ArrearsAdjusted::getWalletId).containsExactly(tokens, wallet.id());
    }

    /** What a start on an old position brings: all of it again, nothing of it twice, and what came meanwhile. */
    @Test
    void followsNothingTwiceWhenTheTopicIsReadAgain() {
        var prepaid = outside.meteredAt("1", "USD");
        var drawn = outside.usage(account, prepaid, "4");
        var left = outside.usage(account, settled(Outside.unique("mtr"), ARREARS), "6");
        outside.replace(drawn, "3");
        outside.replace(left, "5");
        corrects(1);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("7"));

        var listener = listeners.getListenerContainer(UsageListener.ID);
        listener.stop();
        jdbc.sql("update usage_position set next_offset = 0 where source_partition = ?")
                .param(drawn.getSourcePartition())
                .update();
        outside.voidUsage(drawn);
        outside.voidUsage(left);
        listener.start();
        corrects(2);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("10"));
        assertThat(events(UsageAdjusted.class)).hasSize(2);
        assertThat(wallet.usageIds()).containsExactlyInAnyOrder(drawn.getId(), left.getId());
    }

    private String settled(String meter, String mode) {
        put("/v1/wallets/" + wallet.id() + "/settlements/" + meter, "{\"mode\":\"" + mode + "\"}");
        return meter;
    }

    private void put(String path, String body) {
        billing.put()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private void open(String tokens) {
        billing.post()
                .uri("/v1/wallets")
                .header("Idempotency-Key", tokens)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"accountId\":\"%s\",\"name\":\"tokens\",\"currency\":\"USD\"}".formatted(account))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private String settledOf(String walletId) {
        return wallet.get("/v1/wallets/" + walletId)
                .path("settled")
                .path("amount")
                .asString();
    }

    private void corrects(int times) {
        await().untilAsserted(() -> assertThat(adjusted()).hasSize(times));
    }

    private List<ArrearsAdjusted> adjusted() {
        return events(ArrearsAdjusted.class);
    }

    private UsageLeftToArrears leftWith(UsageAccepted usage) {
        return events(UsageLeftToArrears.class).stream()
                .filter(left ->
                        left.getLines().stream().anyMatch(line -> line.getId().equals(usage.getId())))
                .findFirst()
                .orElseThrow();
    }

    private <T extends SpecificRecord> List<T> events(Class<T> type) {
        return topic.eventsOf(account).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private void nothingIsParked(UsageCorrected correction) {
        assertThat(wallet.get("/v1/parked-corrections?limit=1000").toString()).doesNotContain(correction.getId());
    }
}
