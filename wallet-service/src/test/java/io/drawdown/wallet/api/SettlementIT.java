package io.drawdown.wallet.api;

import static io.drawdown.wallet.Outside.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.WalletTopic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class SettlementIT extends WalletIntegrationTest {

    final String account = Outside.unique("acc");

    @Autowired
    private WalletTopic topic;

    private WalletClient wallet;

    @BeforeEach
    void open() {
        wallet = new WalletClient(billing, account);
        wallet.open();
        wallet.grant("10");
    }

    @Test
    void usageInArrearsGoesToStripeAndNeedsNoPrice() {
        var meter = Outside.unique("mtr");
        settle(billing, meter, "arrears")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.settlements['" + meter + "']")
                .isEqualTo("arrears");
        var usages = List.of(outside.usage(account, meter, "3"), outside.usage(account, meter, "0.5"));
        leaves(usages, SettlementMode.ARREARS);
        assertThat(wallet.settled()).isEqualByComparingTo("10");
    }

    @Test
    void prepaidThenArrearsLeavesWhatTheWalletCannotCoverInWhole() {
        var meter = outside.meteredAt("1", "USD");
        settle(billing, meter, "prepaid-then-arrears").expectStatus().isOk();
        var six = outside.usage(account, meter, "6");
        var five = outside.usage(account, meter, "5");
        var four = outside.usage(account, meter, "4");
        leaves(List.of(five), SettlementMode.PREPAID_THEN_ARREARS);
        await().untilAsserted(() -> assertThat(wallet.settled()).isZero());
        assertThat(wallet.show().path("overdraft").path("amount").asString()).isEqualTo("0.00");
        assertThat(wallet.usageIds()).containsExactlyInAnyOrder(six.getId(), five.getId(), four.getId());
    }

    @Test
    void whatWaitsForAPriceIsLeftOnceItsMeterSettlesInArrears() {
        var meter = Outside.unique("mtr");
        var usages = List.of(outside.usage(account, meter, "3"));
        await().untilAsserted(() -> assertThat(
                        wallet.get("/v1/parked-usage?limit=1000").toString())
                .contains(usages.getFirst().getId()));
        settle(billing, meter, "arrears").expectStatus().isOk();
        billing.post().uri("/v1/parked-usage/replay").exchange().expectStatus().isOk();
        leaves(usages, SettlementMode.ARREARS);
    }

    /** The mode changes back and forth while usage streams in: every usage event ends with one of the two. */
    @Test
    void noUsageEventIsEverBilledTwiceWhileTheModeChanges() {
        var meter = Outside.unique("mtr");
        var price = Outside.unique("price");
        outside.price(price, "0.01", "USD", false);
        outside.meter(meter, mapping(price, Instant.parse("2026-01-01T00:00:00Z")));
        var usages = new ArrayList<UsageAccepted>();
        for (var mode : List.of("arrears", "prepaid", "prepaid-then-arrears", "arrears", "prepaid")) {
            settle(billing, meter, mode).expectStatus().isOk();
            IntStream.range(0, 20).forEach(_ -> usages.add(outside.usage(account, meter, "100")));
            // The others of this round may be handled before or after the next change.
            await().untilAsserted(() -> assertThat(wallet.usageIds())
                    .contains(usages.get(usages.size() - 20).getId()));
        }
        var ids = usages.stream().map(UsageAccepted::getId).toList();
        await().untilAsserted(() -> assertThat(wallet.usageIds()).containsExactlyInAnyOrderElementsOf(ids));
        assertThat(wallet.usageLines()).anyMatch(line -> line.has("amount")).anyMatch(line -> !line.has("amount"));
    }

    @Test
    void authorizesUsageThatStripeBillsAndHoldsNothingForIt() {
        var meter = Outside.unique("mtr");
        authorize(meter, false, "insufficient-credit");
        settle(billing, meter, "prepaid-then-arrears").expectStatus().isOk();
        authorize(meter, true, null);
        settle(billing, meter, "arrears").expectStatus().isOk();
        authorize(meter, true, null);
        billing.post()
                .uri("/v1/wallets/{id}/holds", wallet.id())
                .header("Idempotency-Key", "h")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"amount\":\"1\",\"meterId\":\"" + meter + "\"}")
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .value(String.class, type -> assertThat(type).endsWith("settled-in-arrears"));
    }

    @Test
    void answersWithEveryStatus() {
        settle(billing, "mtr", "later")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.type")
                .value(String.class, type -> assertThat(type).endsWith("unknown-settlement"));
        settle(billing, "m".repeat(201), "arrears").expectStatus().isBadRequest();
        settle(cs, "mtr", "arrears").expectStatus().isForbidden();
        settle(nobody, "mtr", "arrears").expectStatus().isUnauthorized();
        put(billing, "/v1/wallets/wal_nobody/settlements/mtr", "{\"mode\":\"arrears\"}")
                .expectStatus()
                .isNotFound();
        put(billing, "/v1/wallets/" + wallet.id() + "/settlements/mtr", "{}")
                .expectStatus()
                .isBadRequest();
    }

    private void authorize(String meter, boolean allowed, @Nullable String reason) {
        var answer = backend.post()
                .uri("/v1/authorizations")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"accountId\":\"%s\",\"amount\":\"11\",\"meterId\":\"%s\"}".formatted(account, meter))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.allowed")
                .isEqualTo(allowed);
        if (reason != null) {
            answer.jsonPath("$.reason").isEqualTo(reason);
        }
    }

    /** Exactly these, in events of this kind. */
    private void leaves(List<UsageAccepted> usages, SettlementMode mode) {
        await().untilAsserted(() -> assertThat(left())
                .extracting(LeftUsage::getId)
                .containsExactlyElementsOf(
                        usages.stream().map(UsageAccepted::getId).toList()));
        assertThat(topic.eventsOf(account))
                .filteredOn(UsageLeftToArrears.class::isInstance)
                .allSatisfy(event ->
                        assertThat(((UsageLeftToArrears) event).getMode()).isEqualTo(mode));
    }

    private List<LeftUsage> left() {
        return topic.eventsOf(account).stream()
                .filter(UsageLeftToArrears.class::isInstance)
                .flatMap(event -> ((UsageLeftToArrears) event).getLines().stream())
                .toList();
    }

    private ResponseSpec settle(WebTestClient client, String meter, String mode) {
        return put(client, "/v1/wallets/" + wallet.id() + "/settlements/" + meter, "{\"mode\":\"" + mode + "\"}");
    }

    private static ResponseSpec put(WebTestClient client, String path, String body) {
        return client.put()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }
}
