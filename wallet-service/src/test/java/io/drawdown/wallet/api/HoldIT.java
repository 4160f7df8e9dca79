package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLine;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.WalletTopic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HoldIT extends WalletIntegrationTest {

    final String account = Outside.unique("acc");
    final String path = "/v1/wallets/wal_" + account;

    @Autowired
    private WalletTopic topic;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transactions;

    private WalletClient wallet;

    @BeforeEach
    void open() {
        wallet = new WalletClient(billing, account);
        wallet.open();
        wallet.grant("100");
    }

    @Test
    void reservesCapturesAPartAndGivesTheRestBack() {
        var hold = placed("30", "h");
        assertThat(placed("30", "h")).as("the same request again").isEqualTo(hold);
        assertThat(hold.path("allocations").get(0).path("amount").path("amount").asString())
                .isEqualTo("30.00");
        assertThat(amount("held")).isEqualTo("30.00");
        assertThat(amount("available")).isEqualTo("70.00");
        assertThat(amount("settled")).isEqualTo("100.00");
        var capture = path + "/holds/" + hold.path("holdId").asString() + "/capture";
        for (int i = 0; i < 2; i++) {
            post(backend, capture, "{\"amount\":\"12.5\",\"keepRest\":true}", "c1")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.held.amount")
                    .isEqualTo("17.50");
        }
        assertThat(wallet.get(path + "/holds").path("data")).hasSize(1);
        post(backend, capture, "{\"amount\":\"2.5\",\"reason\":\"rendered\"}", "c2")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.held.amount")
                .isEqualTo("0.00")
                .jsonPath("$.available.amount")
                .isEqualTo("85.00");
        assertThat(wallet.ledger())
                .extracting(entry -> entry.path("type").asString())
                .containsExactly(
                        "WalletOpened", "CreditGranted", "HoldPlaced", "HoldCaptured", "HoldCaptured", "HoldReleased");
        problem(post(backend, capture, "{\"amount\":\"1\"}", "c3"), 404, "unknown-hold");
    }

    /** A hold of the account is one of the wallet that pays: the same caller's key stands for one of them. */
    @Test
    void oneKeyPlacesOneHoldInAWalletHoweverItIsAskedFor() {
        var ofAccount = "/v1/holds?accountId=" + account;
        var five = "{\"amount\":\"5\",\"reason\":\"job\"}";
        var first = json(post(backend, ofAccount, five, "k").expectStatus().isCreated());
        var capture = path + "/holds/" + first.path("holdId").asString() + "/capture";
        post(backend, capture, "{\"amount\":\"2\",\"keepRest\":true}", "c")
                .expectStatus()
                .isOk();

        for (var other : List.of(
                "{\"amount\":\"7\",\"reason\":\"job\"}",
                "{\"amount\":\"3\",\"reason\":\"job\"}",
                "{\"amount\":\"5\",\"reason\":\"another\"}",
                "{\"amount\":\"5\",\"reason\":\"job\",\"meterId\":\"mtr\"}",
                "{\"amount\":\"5\",\"reason\":\"job\",\"expiresAt\":\"%s\"}".formatted(now().plusSeconds(60)))) {
            problem(post(backend, path + "/holds", other, "k"), 409, "idempotency-key-reused");
        }
        var again =
                json(post(backend, path + "/holds", five, "k").expectStatus().isCreated());
        assertThat(again.path("holdId")).isEqualTo(first.path("holdId"));
        assertThat(amount("held")).isEqualTo("3.00");
    }

    @Test
    void releasesOnce() {
        var release = path + "/holds/" + placed("30", "h").path("holdId").asString() + "/release";
        for (int i = 0; i < 2; i++) {
            post(backend, release, "", "r")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.available.amount")
                    .isEqualTo("100.00");
        }
        problem(post(backend, release, "", "again"), 404, "unknown-hold");
        problem(post(backend, release, "", null), 400, "idempotency-key-required");
    }

    @Test
    void timesOutByItself() {
        var expiry = now().plus(Duration.ofDays(3));
        var hold = json(post(backend, path + "/holds", "{\"amount\":\"1\",\"expiresAt\":\"" + expiry + "\"}", "h")
                .expectStatus()
                .isCreated());
        var capture = path + "/holds/" + hold.path("holdId").asString() + "/capture";
        post(backend, capture, "{\"amount\":\"0.25\",\"keepRest\":true}", "in-time")
                .expectStatus()
                .isOk();
        advanceTime(Duration.ofDays(4));
        problem(post(backend, capture, "{\"amount\":\"0.25\"}", "late"), 404, "unknown-hold");
        await().untilAsserted(() -> assertThat(topic.eventsOf(account))
                .anySatisfy(event -> assertThat(event).isInstanceOf(HoldReleased.class)));
        assertThat(amount("available")).isEqualTo("99.75");
    }

    @Test
    void refusesWhatIsNoHold() {
        var holds = path + "/holds";
        problem(post(backend, holds, "{\"amount\":\"100.01\"}", "a"), 402, "insufficient-credit");
        problem(post(backend, holds, "{\"amount\":\"0\"}", "b"), 422, "empty-hold");
        problem(
                post(backend, holds, "{\"amount\":\"1\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}", "c"),
                422,
                "expired-hold");
        problem(
                post(backend, holds, "{\"amount\":\"1\",\"expiresAt\":\"2099-01-01T00:00:00Z\"}", "d"),
                422,
                "hold-too-long");
        problem(
                post(backend, holds, "{\"amount\":{\"amount\":\"1\",\"currency\":\"EUR\"}}", "e"),
                422,
                "wrong-currency");
        problem(post(backend, holds, "{}", "f"), 400, "invalid-request");
        problem(post(backend, holds, "{\"amount\":\"1\"}", null), 400, "idempotency-key-required");
        problem(post(backend, "/v1/wallets/wal_no/holds", "{\"amount\":\"1\"}", "g"), 404, "unknown-wallet");
        problem(post(backend, holds + "/hld_no/release", "", "h"), 404, "unknown-hold");
        var capture = holds + "/" + placed("5", "i").path("holdId").asString() + "/capture";
        problem(post(backend, capture, "{\"amount\":\"5.01\"}", "j"), 422, "capture-out-of-range");
        post(cs, holds, "{\"amount\":\"1\"}", "k").expectStatus().isForbidden();
        nobody.get().uri(holds).exchange().expectStatus().isUnauthorized();
        backend.get().uri(path).exchange().expectStatus().isForbidden();
    }

    @Test
    void the64ThatAskAtOnceNeverPassTheLimit() throws Exception {
        limit("10").expectStatus().isOk();
        int placed = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts = IntStream.range(0, 64)
                    .mapToObj(i -> threads.submit(() -> post(backend, path + "/holds", "{\"amount\":\"5\"}", "n" + i)
                            .returnResult(String.class)
                            .getStatus()
                            .value()))
                    .toList();
            for (Future<Integer> attempt : attempts) {
                assertThat(attempt.get()).isIn(201, 402);
                placed += attempt.get() == 201 ? 1 : 0;
            }
        }
        assertThat(placed).isEqualTo(22);
        assertThat(amount("held")).isEqualTo("110.00");
        assertThat(amount("available")).isEqualTo("-10.00");
    }

    @Test
    void aWalletThatTakesAllOfTheTrafficAnswersMeanwhileAndCountsAll() throws Exception {
        var meter = outside.meteredAt("0.01", "USD");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var usage = threads.submit(() -> IntStream.range(0, 40)
                    .mapToObj(_ -> burst(meter, 50))
                    .flatMap(List::stream)
                    .toList());
            var askers = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> holdAndReleaseUntil(usage, "busy" + i)))
                    .toList();
            for (var asker : askers) {
                assertThat(asker.get()).isPositive();
            }
            await().untilAsserted(() -> assertThat(drawnDown()).containsExactlyElementsOf(usage.get()));
        }
        assertThat(amount("settled")).isEqualTo("80.00");
        assertThat(amount("held")).isEqualTo("0.00");
    }

    private List<String> burst(String meter, int size) {
        var usage = IntStream.range(0, size)
                .mapToObj(_ -> outside.nextUsage(account, meter, "1"))
                .toList();
        outside.accept(usage);
        return usage.stream().map(UsageAccepted::getId).toList();
    }

    /** How often it did. */
    private int holdAndReleaseUntil(Future<?> end, String key) {
        int times = 0;
        while (!end.isDone()) {
            var hold = placed("1", key + times);
            post(backend, path + "/holds/" + hold.path("holdId").asString() + "/release", "", "end-" + key + times)
                    .expectStatus()
                    .isOk()
                    .expectBody();
            times++;
        }
        return times;
    }

    private List<String> drawnDown() {
        return topic.eventsOf(account).stream()
                .filter(UsageDrawnDown.class::isInstance)
                .flatMap(event -> ((UsageDrawnDown) event).getLines().stream())
                .map(UsageLine::getId)
                .toList();
    }

    @Test
    void saysWhetherAnAccountMaySpend() {
        assertThat(authorized("100").path("allowed").asBoolean()).isTrue();
        var refused = authorized("100.01");
        assertThat(refused.path("allowed").asBoolean()).isFalse();
        assertThat(refused.path("reason").asString()).isEqualTo("insufficient-credit");
        assertThat(refused.path("spendable").path("amount").asString()).isEqualTo("100.00");
        limit("5").expectStatus().isOk();
        assertThat(authorized("105").path("allowed").asBoolean())
                .as("what this process has just written counts at once")
                .isTrue();
        placed("104", "h");
        assertThat(authorized("1").path("allowed").asBoolean()).isTrue();
        assertThat(authorized("1.01").path("allowed").asBoolean()).isFalse();
        assertThat(authorize("{\"accountId\":\"%s\",\"amount\":{\"amount\":\"1\",\"currency\":\"EUR\"}}"
                                .formatted(account))
                        .path("reason")
                        .asString())
                .isEqualTo("wrong-currency");
    }

    @Test
    void aWalletThatWasJustOpenedMaySpendAtOnce() {
        var another = Outside.unique("acc");
        assertThat(authorizedFor(another).path("reason").asString()).isEqualTo("no-wallet");
        new WalletClient(billing, another).open();
        assertThat(authorizedFor(another).path("reason").asString()).isEqualTo("insufficient-credit");
    }

    @Test
    void authorizesWhileTheStoreAnswersNobody() {
        var absent = Outside.unique("nobody");
        // Again, should the machine take so long that what was read has become too old.
        await().untilAsserted(() -> {
            authorized("1");
            authorizedFor(absent);
            transactions.executeWithoutResult(_ -> {
                jdbc.sql("LOCK TABLE wallet_event IN ACCESS EXCLUSIVE MODE").update();
                assertThat(authorized("1").path("allowed").asBoolean()).isTrue();
                assertThat(authorizedFor(absent).path("reason").asString()).isEqualTo("no-wallet");
            });
        });
    }

    @Test
    void creditForAMeterAuthorizesThatMeterOnly() {
        post(billing, path + "/grants", "{\"amount\":\"7\",\"reason\":\"r\",\"meterIds\":[\"mtr_a\"]}", "g")
                .expectStatus()
                .isCreated();
        assertThat(authorize("{\"accountId\":\"%s\",\"amount\":\"107\",\"meterId\":\"mtr_a\"}".formatted(account))
                        .path("allowed")
                        .asBoolean())
                .isTrue();
        assertThat(authorized("101").path("allowed").asBoolean()).isFalse();
    }

    @Test
    void refusesWhatIsNoAuthorization() {
        var uri = "/v1/authorizations";
        problem(
                post(backend, uri, "{\"accountId\":\"%s\",\"amount\":\"0\"}".formatted(account), null),
                422,
                "empty-authorization");
        problem(
                post(backend, uri, "{\"accountId\":\"%s\",\"amount\":\"1e3\"}".formatted(account), null),
                400,
                "invalid-amount");
        problem(post(backend, uri, "{\"amount\":\"1\"}", null), 400, "invalid-request");
        problem(
                post(backend, uri, "{\"accountId\":\"%s\",\"amount\":\"1\"}".formatted("a".repeat(191)), null),
                400,
                "invalid-account");
        post(sales, uri, "{}", null).expectStatus().isForbidden();
        post(nobody, uri, "{}", null).expectStatus().isUnauthorized();
    }

    @Test
    void theLimitIsZeroOrMore() {
        problem(limit("-1"), 422, "negative-limit");
        limit("5")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.overdraftLimit.amount")
                .isEqualTo("5.00");
        cs.put()
                .uri(path + "/overdraft-limit")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"limit\":\"1\"}")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void aKeyThatIsBoundToAccountsActsForThose() {
        var own = new WalletClient(billing, Outside.unique("bound"));
        own.open();
        own.grant("10");
        var holds = "/v1/wallets/" + own.id() + "/holds";
        for (var end : List.of("capture", "release")) {
            var hold = json(post(tenant, holds, "{\"amount\":\"1\"}", end)
                    .expectStatus()
                    .isCreated());
            var uri = holds + "/" + hold.path("holdId").asString() + "/" + end;
            post(tenant, uri, "{\"amount\":\"1\"}", "of " + end).expectStatus().isOk();
        }
        var account = own.id().substring("wal_".length());
        post(tenant, "/v1/holds?accountId=" + account, "{\"amount\":\"1\"}", "h")
                .expectStatus()
                .isCreated();
        post(tenant, "/v1/authorizations", authorization(account), null)
                .expectStatus()
                .isOk();
    }

    /** Nor does it learn which others there are. */
    @Test
    void aKeyThatIsBoundToAccountsActsForNoOther() {
        var hold = placed("30", "h").path("holdId").asString();
        for (var other : List.of("wal_" + account, "wal.tokens_" + account, "wal_nobody")) {
            var holds = "/v1/wallets/" + other + "/holds";
            problem(post(tenant, holds, "{\"amount\":\"1\"}", "k"), 403, "not-permitted");
            problem(post(tenant, holds + "/" + hold + "/capture", "{\"amount\":\"1\"}", "c"), 403, "not-permitted");
            problem(post(tenant, holds + "/" + hold + "/release", "", "r"), 403, "not-permitted");
        }
        for (var other : List.of(account, "nobody")) {
            var holds = "/v1/holds?accountId=" + other;
            problem(post(tenant, holds, "{\"amount\":\"1\"}", "a"), 403, "not-permitted");
            problem(post(tenant, "/v1/authorizations", authorization(other), null), 403, "not-permitted");
        }
        assertThat(amount("held")).isEqualTo("30.00");
    }

    private static String authorization(String account) {
        return "{\"accountId\":\"%s\",\"amount\":\"1\"}".formatted(account);
    }

    private JsonNode placed(String amount, String key) {
        return json(post(backend, path + "/holds", "{\"amount\":\"%s\"}".formatted(amount), key)
                .expectStatus()
                .isCreated());
    }

    private JsonNode authorized(String amount) {
        return authorize("{\"accountId\":\"%s\",\"amount\":\"%s\"}".formatted(account, amount));
    }

    private JsonNode authorizedFor(String account) {
        return authorize("{\"accountId\":\"%s\",\"amount\":\"1\"}".formatted(account));
    }

    private JsonNode authorize(String body) {
        return json(
                post(backend, "/v1/authorizations", body, null).expectStatus().isOk());
    }

    private ResponseSpec limit(String limit) {
        return billing.put()
                .uri(path + "/overdraft-limit")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"limit\":\"%s\"}".formatted(limit))
                .exchange();
    }

    private String amount(String field) {
        return wallet.show().path(field).path("amount").asString();
    }

    private ResponseSpec post(WebTestClient http, String uri, String body, @Nullable String key) {
        var request = http.post().uri(uri).contentType(MediaType.APPLICATION_JSON);
        if (key != null) {
            request.header("Idempotency-Key", account + key);
        }
        return request.bodyValue(body).exchange();
    }

    private static JsonNode json(ResponseSpec response) {
        return JsonMapper.shared()
                .readTree(response.expectBody(String.class).returnResult().getResponseBody());
    }

    private static void problem(ResponseSpec response, int status, String type) {
        response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:wallet:" + type)
                .jsonPath("$.detail")
                .isNotEmpty();
    }
}
