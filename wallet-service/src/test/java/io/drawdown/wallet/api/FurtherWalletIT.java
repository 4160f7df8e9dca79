package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.billing.ReversalState;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Accounts with several wallets, in the service as a whole. */
class FurtherWalletIT extends WalletIntegrationTest {

    final String account = Outside.unique("acc");
    final String tokens = "wal.tokens_" + account;

    @Autowired
    private Ledger ledger;

    @Autowired
    private Wallets wallets;

    private WalletClient main;
    private String meter;

    @BeforeEach
    void open() {
        main = new WalletClient(billing, account);
        main.open();
        main.grant("10");
        meter = outside.meteredAt("1", "USD");
    }

    @Test
    void aFurtherWalletPaysForItsMetersAndTheMainOneForTheOthers() {
        openTokens(meter);
        grant(tokens, "20");
        outside.usage(account, meter, "3");
        outside.usage(account, outside.meteredAt("1", "USD"), "4");
        settles(tokens, "17");
        settles(main.id(), "6");
        var list = main.get("/v1/wallets?accountId=" + account).path("data");
        assertThat(list.valueStream().map(wallet -> wallet.path("walletId").asString()))
                .containsExactly(main.id(), tokens);
        assertThat(list.get(0).path("routes").path(meter).asString()).isEqualTo(tokens);
    }

    @Test
    void eachHasItsCurrencyItsPolicyAndItsTopUps() {
        var euros = outside.meteredAt("1", "EUR");
        post("/v1/wallets", """
                {"accountId":"%s","name":"euro","currency":"EUR","meterIds":["%s"],
                 "replenishment":{"enabled":true,"threshold":"5","amount":"50"}}""".formatted(account, euros)).expectStatus().isCreated();
        var euro = "wal.euro_" + account;
        outside.usage(account, euros, "1");
        settles(euro, "-1");
        await().untilAsserted(() -> assertThat(show(euro)
                        .path("pendingReplenishment")
                        .path("replenishmentId")
                        .asString())
                .isEqualTo("rpl.euro_" + account + "_1"));
        var paid = outside.invoice(
                account, InvoiceStatus.PAID, "rpl.euro_" + account + "_1", "EUR", Outside.line(null, "50"));
        paid.setWalletId(euro);
        outside.publish(paid);
        settles(euro, "49");
        settles(main.id(), "10");
        outside.publish(outside.refund(paid, "50", ReversalState.TAKEN, now()));
        settles(euro, "-1");
    }

    /** Nothing is computed by a job that comes by later: who reads right behind the change reads what it has left. */
    @Test
    void balancesAreRightAtOnceWhenAWalletComesOrGoesInTheMiddleOfTheMonth() {
        outside.usage(account, meter, "4");
        settles(main.id(), "6");

        openTokens(meter);
        assertThat(settled(tokens)).isZero();
        grant(tokens, "20");
        assertThat(settled(tokens)).isEqualByComparingTo("20");
        assertThat(settled(main.id())).isEqualByComparingTo("6");

        outside.usage(account, meter, "3");
        settles(tokens, "17");
        route(billing, main.id(), meter).expectStatus().isOk();
        close(tokens).expectStatus().isOk();
        assertThat(settled(tokens)).isZero();
        assertThat(show(tokens).path("available").path("amount").asString()).isEqualTo("0.00");
        assertThat(settled(main.id())).isEqualByComparingTo("6");
        authorizes(meter, "6", true);
        authorizes(meter, "6.01", false);
    }

    /** The meter goes to and fro while usage streams in: each usage event is paid for once, by one of the two. */
    @Test
    void everyUsageEventIsPaidForOnceWhileItsMeterMoves() {
        openTokens();
        var usages = new ArrayList<UsageAccepted>();
        for (var payer : List.of(tokens, main.id(), tokens, main.id(), tokens)) {
            IntStream.range(0, 20).forEach(_ -> usages.add(outside.usage(account, meter, "1")));
            route(billing, payer, meter).expectStatus().isOk();
        }
        var ids = usages.stream().map(UsageAccepted::getId).toList();
        await().untilAsserted(() -> assertThat(Stream.concat(usageIds(main.id()), usageIds(tokens)))
                .containsExactlyInAnyOrderElementsOf(ids));
        assertThat(settled(main.id()).add(settled(tokens))).isEqualByComparingTo("-90");
    }

    @Test
    void authorizationsAndHoldsFindTheWalletThatPays() {
        openTokens(meter);
        grant(tokens, "20");
        authorizes(meter, "15", true);
        authorizes("another", "15", false);
        var hold = read(
                post(backend, "/v1/holds?accountId=" + account, "{\"amount\":\"15\",\"meterId\":\"" + meter + "\"}")
                        .expectStatus()
                        .isCreated());
        assertThat(hold.path("walletId").asString()).isEqualTo(tokens);
        assertThat(show(tokens).path("held").path("amount").asString()).isEqualTo("15.00");
        post("/v1/wallets/" + tokens + "/holds/" + hold.path("holdId").asString() + "/release", "")
                .expectStatus()
                .isOk();
        post(backend, "/v1/holds?accountId=" + account, "{\"amount\":\"15\"}")
                .expectStatus()
                .isEqualTo(402);
        post(backend, "/v1/holds?accountId=nobody", "{\"amount\":\"15\"}")
                .expectStatus()
                .isNotFound();
        post(cs, "/v1/holds?accountId=" + account, "{\"amount\":\"15\"}")
                .expectStatus()
                .isForbidden();
    }

    /** The hold has asked who pays, and waits for that wallet while its meter moves to another one. */
    @Test
    void aHoldFollowsAMeterThatMovesAtThatMoment() throws Exception {
        openTokens();
        grant(tokens, "20");
        var moving = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            var move = others.submit(() -> ledger.inTransaction(() -> {
                wallets.route(meter, new WalletId(tokens), now());
                moving.countDown();
                return wait(goesOn);
            }));
            moving.await();
            var hold = others.submit(() -> read(
                    post(backend, "/v1/holds?accountId=" + account, "{\"amount\":\"5\",\"meterId\":\"" + meter + "\"}")
                            .expectStatus()
                            .isCreated()));
            await().during(Duration.ofMillis(300)).until(() -> !hold.isDone());
            goesOn.countDown();
            assertThat(move.get()).isTrue();
            assertThat(hold.get().path("walletId").asString()).isEqualTo(tokens);
        }
        assertThat(show(main.id()).path("held").path("amount").asString()).isEqualTo("0.00");
    }

    private static boolean wait(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void answersWithEveryStatus() {
        openTokens(meter);
        var again = "{\"accountId\":\"%s\",\"name\":\"tokens\",\"currency\":\"USD\"}".formatted(account);
        post("/v1/wallets", again).expectStatus().isEqualTo(409);
        post("/v1/wallets", again.replace("tokens", "To_kens")).expectStatus().isBadRequest();
        post("/v1/wallets", "{\"accountId\":\"%s\",\"currency\":\"USD\",\"meterIds\":[\"m\"]}".formatted(account))
                .expectStatus()
                .isBadRequest();
        post("/v1/wallets", "{\"accountId\":\"nobody\",\"name\":\"tokens\",\"currency\":\"USD\"}")
                .expectStatus()
                .isNotFound();
        route(billing, tokens, meter).expectStatus().isOk();
        settle(main.id())
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:wallet:another-wallet-pays");
        settle(tokens).expectStatus().isOk();
        route(billing, "wal.none_" + account, meter).expectStatus().isNotFound();
        route(cs, tokens, meter).expectStatus().isForbidden();
        route(nobody, tokens, meter).expectStatus().isUnauthorized();
    }

    @Test
    void oneKeyPlacesOneHoldWhetherTheWalletIsAskedForItOrTheAccount() {
        openTokens(meter);
        grant(tokens, "20");
        var five = "{\"amount\":\"5\",\"meterId\":\"" + meter + "\"}";
        var first = read(post(backend, "/v1/holds?accountId=" + account, five, "key-of-" + account));
        var again = read(post(backend, "/v1/wallets/" + tokens + "/holds", five, "key-of-" + account));

        assertThat(again.path("holdId")).isEqualTo(first.path("holdId"));
        assertThat(show(tokens).path("held").path("amount").asString()).isEqualTo("5.00");
    }

    private void openTokens(String... meters) {
        var names = Stream.of(meters).map(name -> "\"" + name + "\"").toList();
        post("/v1/wallets", """
                {"accountId":"%s","name":"tokens","currency":"USD","meterIds":%s}""".formatted(account, names)).expectStatus().isCreated();
    }

    private void grant(String wallet, String amount) {
        post("/v1/wallets/" + wallet + "/grants", "{\"amount\":\"%s\",\"reason\":\"test\"}".formatted(amount))
                .expectStatus()
                .isCreated();
    }

    private void authorizes(String meterId, String amount, boolean allowed) {
        post(
                        backend,
                        "/v1/authorizations",
                        "{\"accountId\":\"%s\",\"amount\":\"%s\",\"meterId\":\"%s\"}"
                                .formatted(account, amount, meterId))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.allowed")
                .isEqualTo(allowed);
    }

    private Stream<String> usageIds(String wallet) {
        return main.get("/v1/wallets/" + wallet + "/ledger?limit=1000")
                .path("data")
                .valueStream()
                .flatMap(entry -> entry.path("lines").valueStream())
                .map(line -> line.path("id").asString());
    }

    private void settles(String wallet, String balance) {
        await().untilAsserted(() -> assertThat(settled(wallet)).isEqualByComparingTo(balance));
    }

    private BigDecimal settled(String wallet) {
        return new BigDecimal(show(wallet).path("settled").path("amount").asString());
    }

    private JsonNode show(String wallet) {
        return main.get("/v1/wallets/" + wallet);
    }

    private ResponseSpec route(WebTestClient client, String wallet, String meterId) {
        return client.put().uri("/v1/wallets/" + wallet + "/meters/" + meterId).exchange();
    }

    private ResponseSpec settle(String wallet) {
        return billing.put()
                .uri("/v1/wallets/" + wallet + "/settlements/" + meter)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"mode\":\"arrears\"}")
                .exchange();
    }

    private ResponseSpec close(String wallet) {
        return billing.put()
                .uri("/v1/wallets/" + wallet + "/status")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"status\":\"closed\",\"reason\":\"over\",\"credit\":\"forfeit\"}")
                .exchange();
    }

    private ResponseSpec post(String path, String body) {
        return post(billing, path, body);
    }

    private static ResponseSpec post(WebTestClient client, String path, String body) {
        return post(client, path, body, Outside.unique("key"));
    }

    private static ResponseSpec post(WebTestClient client, String path, String body, String key) {
        return client.post()
                .uri(path)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static JsonNode read(ResponseSpec answer) {
        return JsonMapper.shared()
                .readTree(answer.expectBody(String.class).returnResult().getResponseBody());
    }
}
