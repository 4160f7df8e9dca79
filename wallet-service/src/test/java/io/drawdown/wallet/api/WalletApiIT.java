package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class WalletApiIT extends WalletIntegrationTest {

    final String account = Outside.unique("acc");
    final String path = "/v1/wallets/wal_" + account;

    @Autowired
    private JdbcClient jdbc;

    private WalletClient wallet;

    @BeforeEach
    void name() {
        wallet = new WalletClient(billing, account);
    }

    @Test
    void opensAWalletAndShowsIt() {
        var before = now();
        post(billing, "/v1/wallets", openRequest(), "k")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", path)
                .expectBody()
                .jsonPath("$.walletId")
                .isEqualTo("wal_" + account)
                .jsonPath("$.settled.amount")
                .isEqualTo("0.00")
                .jsonPath("$.settled.currency")
                .isEqualTo("USD")
                .jsonPath("$.replenishment.threshold.amount")
                .isEqualTo("50.00")
                .jsonPath("$.at")
                .value(at -> assertThat(Instant.parse(String.valueOf(at))).isBetween(before, now()))
                .jsonPath("$.pendingReplenishment")
                .doesNotExist();
        cs.get().uri(path).exchange().expectStatus().isOk();
        cs.get()
                .uri("/v1/wallets?accountId=" + account)
                .exchange()
                .expectBody()
                .jsonPath("$.data.length()")
                .isEqualTo(1);
    }

    @Test
    void aRepeatedRequestOpensOnceAndAnotherWalletIsAConflictThatNamesTheFirst() {
        var first = body(post(billing, "/v1/wallets", openRequest(), "k"));
        assertThat(body(post(billing, "/v1/wallets", openRequest(), "k"))).isEqualTo(first);
        post(billing, "/v1/wallets", openRequest(), "other")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:wallet:wallet-exists")
                .jsonPath("$.walletId")
                .isEqualTo("wal_" + account);
        post(billing, "/v1/wallets", openRequest().replace("USD", "EUR"), "k")
                .expectStatus()
                .isEqualTo(409);
    }

    @Test
    void aRefusedOpeningLeavesNothingBehindInMemoryEither() {
        var wrong =
                "{\"accountId\":\"%s\",\"currency\":\"USD\",\"timeZone\":\"UTC\",\"replenishment\":{\"enabled\":true,"
                        + "\"threshold\":{\"amount\":\"5\",\"currency\":\"EUR\"},\"amount\":{\"amount\":\"9\",\"currency\":\"EUR\"}}}";
        post(billing, "/v1/wallets", wrong.formatted(account), "wrong")
                .expectStatus()
                .is4xxClientError();
        cs.get().uri(path).exchange().expectStatus().isNotFound();
        post(billing, "/v1/wallets", openRequest(), "right").expectStatus().isCreated();
    }

    @Test
    void aGrantIsInTheBalanceAtOnceAndOnce() {
        wallet.open();
        for (int i = 0; i < 3; i++) {
            post(billing, path + "/grants", "{\"amount\":\"5.5\",\"reason\":\"welcome\"}", "g")
                    .expectStatus()
                    .isCreated()
                    .expectBody()
                    .jsonPath("$.settled.amount")
                    .isEqualTo("5.50");
        }
        assertThat(wallet.settled()).isEqualByComparingTo("5.5");
        cs.get()
                .uri(path + "/grants")
                .exchange()
                .expectBody()
                .jsonPath("$.data.length()")
                .isEqualTo(1)
                .jsonPath("$.data[0].kind")
                .isEqualTo("PROMOTIONAL")
                .jsonPath("$.data[0].remaining.amount")
                .isEqualTo("5.50")
                .jsonPath("$.data[0].reason")
                .isEqualTo("welcome");
    }

    /** The grant remembers longer than the memory of requests does: neither a second effect nor none without a word. */
    @Test
    void aKeyWhoseMemoryIsGoneGivesTheSameOnceAndNothingElse() {
        wallet.open();
        var everything = """
                {"amount":"5","reason":"r","priority":7,"effectiveAt":"2026-01-01T00:00:00.1234567Z",
                 "expiresAt":"2099-01-01T00:00:00.1234567Z","meterIds":["b","a","b"],
                 "rollover":{"mostShare":"0.50","validFor":"P1Y"}}""";
        for (var body : List.of(grant("\"5\""), everything)) {
            var key = "key" + body.length();
            post(billing, path + "/grants", body, key).expectStatus().isCreated();
            forget(key);
            post(billing, path + "/grants", body, key).expectStatus().isCreated();
            forget(key);
            for (var other : others(body)) {
                problem(post(billing, path + "/grants", other, key), 409, "idempotency-key-reused");
            }
        }
        assertThat(wallet.settled()).isEqualByComparingTo("10");
        assertThat(wallet.ledger()).hasSize(3);
    }

    /** The same but for one member each, of those that it has. */
    private static List<String> others(String grant) {
        return Stream.of("5 20", "r another", "7 8", "2026 2025", "2099 2098", "a c", "0.50 0.25", "P1Y P2Y")
                .map(change -> change.split(" "))
                .map(change -> grant.replaceFirst("(?<=[\":])" + change[0] + "(?=[\",-])", change[1]))
                .filter(other -> !other.equals(grant))
                .toList();
    }

    private void forget(String key) {
        assertThat(jdbc.sql("delete from idempotent_request where idempotency_key = ?")
                        .param(account + key)
                        .update())
                .isOne();
    }

    /** Beyond these years the database, the events or the calendar end, and the wallet would with them. */
    @Test
    void refusesInstantsOfAnotherAge() {
        wallet.open();
        for (var member : List.of("effectiveAt", "expiresAt")) {
            for (var instant : List.of(
                    "+300000-01-01T00:00:00Z",
                    "+10000-01-01T00:00:00Z",
                    "1969-12-31T23:59:59.999Z",
                    Instant.MAX.toString(),
                    Instant.MIN.toString())) {
                post(
                                billing,
                                path + "/grants",
                                grant("\"1\"").replace("}", ",\"" + member + "\":\"" + instant + "\"}"),
                                "i")
                        .expectStatus()
                        .isBadRequest()
                        .expectBody()
                        .jsonPath("$.type")
                        .isEqualTo("urn:problem:wallet:invalid-request")
                        .jsonPath("$.errors[0].field")
                        .isEqualTo(member);
            }
        }
        var last = grant("\"1\"").replace("}", ",\"expiresAt\":\"9999-12-31T23:59:59.999Z\"}");
        post(billing, path + "/grants", last, "last").expectStatus().isCreated();
        var hold = "{\"amount\":\"1\",\"expiresAt\":\"" + Instant.MAX + "\"}";
        problem(post(billing, path + "/holds", hold, "h"), 400, "invalid-request");
        problem(
                billing.get()
                        .uri("/v1/usage-entries?source=s&id=i&since=-300000000-01-01T00:00:00Z&accountId=" + account)
                        .exchange(),
                400,
                "invalid-request");
    }

    /** Most who send a number mean milliseconds, and would get a year beyond all calendars. */
    @Test
    void takesInstantsAsTextOnly() {
        wallet.open();
        for (var number : List.of("1767225600", "1767225600000", "1767225600.5", "\"1767225600000\"")) {
            var grant = grant("\"1\"").replace("}", ",\"effectiveAt\":" + number + "}");
            problem(post(billing, path + "/grants", grant, "n"), 400, "unreadable-request");
        }
        assertThat(wallet.settled()).isZero();
    }

    @Test
    void takesMoneyWithItsCurrencyToo() {
        wallet.open();
        post(billing, path + "/grants", grant("{\"amount\":\"1\",\"currency\":\"USD\"}"), "a")
                .expectStatus()
                .isCreated();
        post(billing, path + "/grants", grant("{\"amount\":\"1\",\"currency\":\"EUR\"}"), "b")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:wallet:wrong-currency");
    }

    @Test
    void refusesWhatIsNoGrant() {
        wallet.open();
        problem(post(billing, path + "/grants", grant("\"0\""), "a"), 422, "empty-grant");
        problem(post(billing, path + "/grants", grant("\"1e9\""), "b"), 400, "invalid-amount");
        var expired = "{\"amount\":\"1\",\"reason\":\"r\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}";
        problem(post(billing, path + "/grants", expired, "c"), 422, "expired-grant");
        problem(post(billing, path + "/grants", "{\"amount\":\"1\"}", "d"), 400, "invalid-request");
        problem(post(billing, path + "/grants", grant("\"1\""), null), 400, "idempotency-key-required");
    }

    @Test
    void givesCreditForLaterAndForSomeMeters() {
        wallet.open();
        var inTokyo = "{\"amount\":\"5\",\"reason\":\"r\",\"effectiveAt\":\"2099-01-01T09:00:00+09:00\"}";
        post(billing, path + "/grants", inTokyo, "later").expectStatus().isCreated();
        post(billing, path + "/grants", "{\"amount\":\"3\",\"reason\":\"r\",\"meterIds\":[\"mtr_a\"]}", "scoped")
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.settled.amount")
                .isEqualTo("8.00")
                .jsonPath("$.available.amount")
                .isEqualTo("0.00")
                .jsonPath("$.restricted.amount")
                .isEqualTo("3.00");
        cs.get()
                .uri(path + "/grants")
                .exchange()
                .expectBody()
                .jsonPath("$.data[0].effectiveAt")
                .isEqualTo("2099-01-01T00:00:00Z")
                .jsonPath("$.data[0].meterIds")
                .doesNotExist()
                .jsonPath("$.data[1].meterIds[0]")
                .isEqualTo("mtr_a");
        problem(
                post(billing, path + "/grants", inTokyo.replace("}", ",\"meterIds\":[\"\"]}"), "x"),
                400,
                "invalid-request");
    }

    @Test
    void givesCreditThatRollsOver() {
        wallet.open();
        post(billing, path + "/grants", rollingOver("{\"mostAmount\":\"2\",\"validFor\":\"P1Y\"}"), "a")
                .expectStatus()
                .isCreated();
        var rollover = wallet.get(path + "/grants").path("data").get(0).path("rollover");
        assertThat(rollover.path("mostAmount").path("amount").asString()).isEqualTo("2.00");
        assertThat(rollover.path("validFor").asString()).isEqualTo("P12M");
        var endless = grant("\"5\"").replace("}", ",\"rollover\":{\"mostShare\":\"1\",\"validFor\":\"P1M\"}}");
        problem(post(billing, path + "/grants", endless, "b"), 422, "endless-rollover");
        for (var bad : List.of(
                "{\"mostShare\":\"1.5\",\"validFor\":\"P1M\"}",
                "{\"mostAmount\":\"0\",\"validFor\":\"P1M\"}",
                "{\"mostShare\":\"1\",\"validFor\":\"soon\"}")) {
            problem(post(billing, path + "/grants", rollingOver(bad), "r" + bad.length()), 422, "invalid-rollover");
        }
        for (var bad : List.of(
                "{\"validFor\":\"P1M\"}",
                "{\"mostAmount\":\"1\",\"mostShare\":\"1\",\"validFor\":\"P1M\"}",
                "{\"mostShare\":\"half\",\"validFor\":\"P1M\"}",
                "{\"mostShare\":\"1\"}")) {
            problem(post(billing, path + "/grants", rollingOver(bad), "r" + bad.length()), 400, "invalid-request");
        }
    }

    private static String rollingOver(String rollover) {
        return grant("\"5\"").replace("}", ",\"expiresAt\":\"2099-01-01T00:00:00Z\",\"rollover\":" + rollover + "}");
    }

    @Test
    void takesAGrantBackOnce() {
        wallet.open();
        wallet.grant("5");
        var grantId =
                wallet.get(path + "/grants").path("data").get(0).path("grantId").asString();
        var voiding = path + "/grants/" + grantId + "/void";
        for (int i = 0; i < 2; i++) {
            post(billing, voiding, "{\"reason\":\"mistake\"}", "v")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.settled.amount")
                    .isEqualTo("0.00");
        }
        problem(post(billing, voiding, "{\"reason\":\"mistake\"}", "again"), 409, "spent-grant");
        problem(post(billing, voiding, "{}", "w"), 400, "invalid-request");
        problem(post(billing, voiding, "{\"reason\":\"mistake\"}", null), 400, "idempotency-key-required");
        problem(post(billing, path + "/grants/grt_no/void", "{\"reason\":\"r\"}", "n"), 404, "unknown-grant");
        post(cs, voiding, "{\"reason\":\"mistake\"}", "c").expectStatus().isForbidden();
        assertThat(wallet.ledger().get(2).path("type").asString()).isEqualTo("GrantVoided");
        assertThat(wallet.ledger()).hasSize(3);
    }

    @Test
    void takesNoBoughtCreditBackByHand() {
        wallet.open();
        outside.publish(outside.paidInvoice(account, outside.creditPrice("USD"), "25", "USD"));
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("25"));
        var bought =
                wallet.get(path + "/grants").path("data").get(0).path("grantId").asString();
        problem(post(billing, path + "/grants/" + bought + "/void", "{\"reason\":\"r\"}", "b"), 409, "bought-grant");
        assertThat(wallet.settled()).isEqualByComparingTo("25");
    }

    /** In each attempt somebody else has recorded the next event first. */
    @Test
    void saysThatAWalletIsBusyWhenAllAttemptsAreUsedUp() {
        wallet.open();
        jdbc.sql("create sequence wallet_attempt").update();
        jdbc.sql("""
                create function outrun() returns trigger language plpgsql as $$
                begin
                    if new.aggregate_identifier = '%s' then
                        perform nextval('wallet_attempt');
                        raise exception 'outrun' using errcode = 'unique_violation';
                    end if;
                    return new;
                end $$
                """.formatted(wallet.id())).update();
        jdbc.sql("create trigger outrun before insert on wallet_event for each row execute function outrun()")
                .update();
        try {
            problem(post(billing, path + "/grants", grant("\"5\""), "g"), 409, "wallet-busy");
        } finally {
            jdbc.sql("drop function outrun cascade").update();
        }
        assertThat(jdbc.sql("select last_value from wallet_attempt")
                        .query(Long.class)
                        .single())
                .isEqualTo(8);
        jdbc.sql("drop sequence wallet_attempt").update();
        assertThat(wallet.settled()).isZero();
        post(billing, path + "/grants", grant("\"5\""), "g").expectStatus().isCreated();
        assertThat(wallet.settled()).isEqualByComparingTo("5");
    }

    @Test
    void changesHowAWalletIsToppedUp() {
        wallet.open();
        put("{\"enabled\":true,\"threshold\":\"10\",\"amount\":\"25\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.replenishment.enabled")
                .isEqualTo(true)
                .jsonPath("$.replenishment.amount.amount")
                .isEqualTo("25.00")
                .jsonPath("$.pendingReplenishment.amount.amount")
                .isEqualTo("25.00");
        var asked = wallet.pending();
        put("{\"enabled\":true,\"threshold\":\"10\",\"amount\":\"25\"}")
                .expectStatus()
                .isOk();
        put("{\"enabled\":true,\"threshold\":\"10\",\"amount\":\"30\"}")
                .expectStatus()
                .isOk();
        assertThat(wallet.pending()).isEqualTo(asked);
        problem(put("{\"enabled\":true,\"threshold\":\"10\",\"amount\":\"0\"}"), 422, "empty-replenishment");
        problem(put("{\"enabled\":true}"), 400, "invalid-request");
        problem(put("not json"), 400, "unreadable-request");
    }

    @Test
    void topsUpUnderRulesOfAllKinds() {
        wallet.open();
        put("{\"enabled\":true,\"threshold\":\"10\",\"target\":\"25\",\"monthlyCap\":\"100\",\"minimumGapSeconds\":3600}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.replenishment.target.amount")
                .isEqualTo("25.00")
                .jsonPath("$.replenishment.monthlyCap.amount")
                .isEqualTo("100.00")
                .jsonPath("$.replenishment.minimumGapSeconds")
                .isEqualTo(3600)
                .jsonPath("$.replenishment.disableAfter")
                .isEqualTo(5)
                .jsonPath("$.replenishment.disabled")
                .isEqualTo(false);
        problem(put("{\"enabled\":true,\"threshold\":\"10\",\"target\":\"10\"}"), 422, "empty-replenishment");
        problem(put("{\"enabled\":true,\"threshold\":\"10\",\"amount\":\"0.001\"}"), 422, "unchargeable-amount");
        problem(
                put("{\"enabled\":true,\"threshold\":\"10\",\"amount\":\"5\",\"minimumGapSeconds\":-1}"),
                400,
                "invalid-request");
    }

    @Test
    void topsUpAtRegularInstants() {
        wallet.open();
        var monthly = "{\"enabled\":true,\"threshold\":\"0\",\"recurrence\":{\"amount\":\"25\",\"every\":\"P1M\"%s}}";
        put(monthly.formatted(",\"first\":\"2099-01-31T10:00:00Z\""))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.replenishment.recurrence.amount.amount")
                .isEqualTo("25.00")
                .jsonPath("$.replenishment.recurrence.next")
                .isEqualTo("2099-01-31T10:00:00Z");
        put(monthly.formatted(""))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.replenishment.recurrence.first")
                .isEqualTo("2099-01-31T10:00:00Z")
                .jsonPath("$.pendingReplenishment")
                .doesNotExist();
        problem(put(monthly.formatted("").replace("P1M", "PT1H")), 422, "empty-replenishment");
        problem(put(monthly.formatted("").replace("25", "0")), 422, "empty-replenishment");
        problem(put(monthly.formatted("").replace("25", "0.001")), 422, "unchargeable-amount");
        problem(put(monthly.formatted("").replace("true", "true,\"monthlyCap\":\"24\"")), 422, "regular-beyond-cap");
        problem(put(monthly.formatted("").replace("P1M", "")), 400, "invalid-request");
        problem(put(monthly.formatted(",\"first\":\"+99999-01-01T00:00:00Z\"")), 422, "empty-replenishment");
    }

    @Test
    void topsUpByHandOnce() {
        wallet.open();
        for (int i = 0; i < 2; i++) {
            post(billing, path + "/top-ups", "{\"amount\":\"25\"}", "t")
                    .expectStatus()
                    .isAccepted()
                    .expectBody()
                    .jsonPath("$.pendingReplenishment.amount.amount")
                    .isEqualTo("25.00")
                    .jsonPath("$.pendingReplenishment.manual")
                    .isEqualTo(true);
        }
        problem(post(billing, path + "/top-ups", "{\"amount\":\"25\"}", "u"), 409, "replenishment-pending");
        problem(post(billing, path + "/top-ups", "{\"amount\":\"0.001\"}", "v"), 422, "unchargeable-amount");
        problem(post(billing, path + "/top-ups", "{\"amount\":\"0\"}", "w"), 422, "empty-top-up");
        problem(post(billing, path + "/top-ups", "{}", "x"), 400, "invalid-request");
        problem(post(billing, path + "/top-ups", "{\"amount\":\"25\"}", null), 400, "idempotency-key-required");
        problem(post(billing, "/v1/wallets/wal_no/top-ups", "{\"amount\":\"25\"}", "y"), 404, "unknown-wallet");
        post(cs, path + "/top-ups", "{\"amount\":\"25\"}", "z").expectStatus().isForbidden();
    }

    /** Nor does a repeat after it was paid, when nothing is pending that would stand in the way of a second one. */
    @Test
    void topsUpByHandOnceHoweverManySendTheSameAtOnce() throws Exception {
        wallet.open();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 24)
                    .mapToObj(_ -> threads.submit(this::topUpOfFifty))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(answers.getFirst().get());
            }
        }
        outside.publish(
                outside.invoice(account, InvoiceStatus.PAID, wallet.pending(), "USD", Outside.line(null, "50")));
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("50"));
        topUpOfFifty();
        assertThat(wallet.pending()).isNull();
        assertThat(wallet.ledger())
                .extracting(entry -> entry.path("type").asString())
                .containsOnlyOnce("ReplenishRequested");
    }

    private String topUpOfFifty() {
        return post(billing, path + "/top-ups", "{\"amount\":\"50\"}", "fifty")
                .expectStatus()
                .isAccepted()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void pagesThroughTheLedger() {
        wallet.open("10", "25");
        wallet.grant("1");
        wallet.grant("2");
        var first = wallet.get(path + "/ledger?limit=3");
        assertThat(first.path("data")).hasSize(3);
        assertThat(first.path("data").get(2).path("type").asString()).isEqualTo("CreditGranted");
        var second = wallet.get(
                path + "/ledger?limit=3&cursor=" + first.path("nextCursor").asString());
        assertThat(second.path("data")).hasSize(1);
        assertThat(second.path("data")
                        .get(0)
                        .path("settledAfter")
                        .path("amount")
                        .asString())
                .isEqualTo("3.00");
        assertThat(second.path("nextCursor").isNull()
                        || second.path("nextCursor").isMissingNode())
                .isTrue();
    }

    @Test
    void anUnknownWalletIsNotFound() {
        problem(billing.get().uri(path).exchange(), 404, "unknown-wallet");
        problem(billing.get().uri(path + "/ledger").exchange(), 404, "unknown-wallet");
        problem(billing.get().uri(path + "/grants").exchange(), 404, "unknown-wallet");
        problem(billing.get().uri("/v1/wallets/nonsense").exchange(), 404, "unknown-wallet");
        problem(post(billing, path + "/grants", grant("\"1\""), "a"), 404, "unknown-wallet");
        problem(put("{\"enabled\":false,\"threshold\":\"0\",\"amount\":\"0\"}"), 404, "unknown-wallet");
        billing.get()
                .uri("/v1/wallets?accountId=" + account)
                .exchange()
                .expectBody()
                .jsonPath("$.data.length()")
                .isEqualTo(0);
    }

    @Test
    void refusesNonsense() {
        problem(post(billing, "/v1/wallets", "{\"currency\":\"USD\"}", "a"), 400, "invalid-request");
        problem(post(billing, "/v1/wallets", openRequest().replace("USD", "XXQ"), "b"), 400, "unknown-currency");
        problem(billing.get().uri(path + "/ledger?limit=0").exchange(), 400, "invalid-request");
        problem(billing.get().uri("/v1/parked-usage?cursor=nonsense").exchange(), 400, "invalid-cursor");
        problem(billing.get().uri("/v1/parked-corrections?cursor=nonsense").exchange(), 400, "invalid-cursor");
    }

    @Test
    void isClosedToWhoMayNot() {
        nobody.get().uri(path).exchange().expectStatus().isUnauthorized();
        sales.get().uri(path).exchange().expectStatus().isForbidden();
        post(cs, "/v1/wallets", openRequest(), "a").expectStatus().isForbidden();
        post(cs, path + "/grants", grant("\"1\""), "a").expectStatus().isForbidden();
        cs.post().uri("/v1/parked-usage/replay").exchange().expectStatus().isForbidden();
        cs.get().uri("/v1/parked-usage").exchange().expectStatus().isOk();
        cs.get().uri("/v1/parked-corrections").exchange().expectStatus().isOk();
    }

    @Test
    void describesItself() {
        nobody.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths['/v1/wallets/{id}/ledger']")
                .exists();
    }

    private String openRequest() {
        return """
                {"accountId":"%s","currency":"USD","timeZone":"UTC",
                 "replenishment":{"enabled":true,"threshold":"50.00","amount":"200.00"}}""".formatted(account);
    }

    private static String grant(String amount) {
        return "{\"amount\":" + amount + ",\"reason\":\"test\"}";
    }

    /** The key is the test's own: it is unique with the account. */
    private ResponseSpec post(WebTestClient http, String uri, String body, String key) {
        var request = http.post().uri(uri).contentType(MediaType.APPLICATION_JSON);
        if (key != null) {
            request.header("Idempotency-Key", account + key);
        }
        return request.bodyValue(body).exchange();
    }

    private ResponseSpec put(String body) {
        return billing.put()
                .uri(path + "/replenishment")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static String body(ResponseSpec response) {
        return response.expectStatus()
                .isCreated()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
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
