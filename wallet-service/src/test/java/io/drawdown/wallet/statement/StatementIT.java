package io.drawdown.wallet.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class StatementIT extends WalletIntegrationTest {

    private static final Instant YEAR_OF_NOBODY = Instant.parse("-300000000-01-01T00:00:00Z");

    final String account = Outside.unique("acc");
    final String path = "/v1/wallets/wal_" + account;

    private WalletClient wallet;
    private Instant before;

    @BeforeEach
    void open() {
        before = now().minusSeconds(1).truncatedTo(ChronoUnit.MILLIS);
        wallet = new WalletClient(billing, account);
        wallet.open();
    }

    @Test
    void theBalanceAsOfAnInstantIsTheSameWhateverHappensLater() {
        var meter = outside.meteredAt("0.00015", "USD");
        wallet.grant("10", now().plus(Duration.ofHours(1)));
        wallet.grant("5");
        use(meter, "3", "14.99955");
        var then = later();
        var first = body(balance(cs, then));
        assertThat(first)
                .contains("\"closed\":true", "\"settled\":{\"amount\":\"14.99955\",\"currency\":\"USD\"}")
                .contains("\"remaining\":{\"amount\":\"9.99955\"");
        use(meter, "100000", "-0.00045");
        advanceTime(Duration.ofHours(2));
        wallet.grant("7");
        assertThat(body(balance(cs, then))).isEqualTo(first);
    }

    /** Nobody has recorded the expiry that lies between, or somebody has: the balance of then is without it. */
    @Test
    void whatWasDueByThenIsSettledAsOfItsOwnInstant() {
        var expiry = now().plus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.MILLIS);
        wallet.grant("10", expiry);
        advanceTime(Duration.ofMinutes(20));
        assertThat(settledAt(expiry.minusMillis(1))).isEqualTo("10.00");
        assertThat(settledAt(expiry)).isEqualTo("0.00");
    }

    @Test
    void aJustPastInstantIsAnsweredButNotClosed() {
        assertThat(body(balance(cs, now()))).contains("\"closed\":false");
    }

    @Test
    void refusesInstantsThatHaveNoBalance() {
        problem(balance(cs, now().plusSeconds(60)), 422, "instant-in-future");
        for (var early : List.of(before, Instant.EPOCH.minusMillis(1), YEAR_OF_NOBODY, Instant.MIN)) {
            problem(balance(cs, early), 422, "before-opening");
        }
        problem(get(cs, path + "/balance?at=yesterday"), 400, "unreadable-request");
        problem(get(cs, path + "/balance"), 400, "unreadable-request");
        problem(get(cs, "/v1/wallets/wal_nobody-has-this/balance?at=" + before), 404, "unknown-wallet");
        get(sales, path + "/balance?at=" + before).expectStatus().isForbidden();
        get(nobody, path + "/balance?at=" + before).expectStatus().isUnauthorized();
    }

    @Test
    void aStatementLeadsFromTheOpeningToTheClosingBalance() {
        var meter = outside.meteredAt("0.5", "USD");
        var bought = Outside.unique("price");
        outside.price(bought, "1", "USD", true);
        outside.publish(outside.paidInvoice(account, bought, "20.00", "USD"));
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("20"));
        var expiry = now().plus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.MILLIS);
        wallet.grant("4", expiry);
        use(meter, "3", "22.5");
        var middle = later();
        use(meter, "2", "21.5");
        use(meter, "1.25", "20.875");
        advanceTime(Duration.ofMinutes(20));
        var end = later();

        var first = wallet.get(statement(before, middle));
        assertThat(movements(first))
                .containsExactly(
                        "GRANTED_PAID null 1 null 20.00",
                        "GRANTED_PROMOTIONAL null 1 null 4.00",
                        "DRAWN_DOWN " + meter + " 1 3 -1.50");
        var second = wallet.get(statement(middle, end));
        assertThat(movements(second))
                .containsExactly("DRAWN_DOWN " + meter + " 2 3.25 -1.625", "EXPIRED null 1 null -0.875");
        assertThat(amount(first, "opening")).isEqualTo("0.00");
        assertThat(amount(second, "opening")).isEqualTo(amount(first, "closing"));
        assertThat(amount(second, "closing")).isEqualTo("20.00");
        assertThat(wallet.get(statement(before, expiry))
                        .path("closing")
                        .path("amount")
                        .asString())
                .as("an expiry belongs to the period that begins with it")
                .isEqualTo("20.875");
        await("the expiry to be recorded")
                .untilAsserted(() -> assertThat(entriesFrom(second))
                        .hasSize(second.path("entries").asInt()));
    }

    private JsonNode entriesFrom(JsonNode statement) {
        return wallet.get(path + "/ledger?cursor="
                        + statement.path("entriesCursor").asString())
                .path("data");
    }

    @Test
    void anEntryLeadsBackToItsUsageAndForwardToItsGrants() {
        var meter = outside.meteredAt("1", "USD");
        wallet.grant("10");
        var usage = outside.usage(account, meter, "2");
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("8"));
        var entry = wallet.get(path + "/ledger/2");
        assertThat(entry.path("lines").get(0).path("id").asString()).isEqualTo(usage.getId());
        assertThat(entry.path("allocations").get(0).path("grantId").asString())
                .isEqualTo(wallet.get(path + "/grants")
                        .path("data")
                        .get(0)
                        .path("grantId")
                        .asString());
        problem(get(cs, path + "/ledger/3"), 404, "unknown-entry");
        problem(get(cs, path + "/ledger/-1"), 404, "unknown-entry");
    }

    @Test
    void aStatementIsCsvForWhoAsksForIt() {
        wallet.grant("10");
        var csv = body(cs.get()
                .uri(statement(before, later()))
                .accept(MediaType.valueOf("text/csv"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith("text/csv"));
        assertThat(csv.lines())
                .containsExactly(
                        "kind,meterId,count,quantity,amount,currency",
                        "OPENING,,,,0.00,USD",
                        "GRANTED_PROMOTIONAL,,1,,10.00,USD",
                        "CLOSING,,,,10.00,USD");
    }

    @Test
    void refusesPeriodsThatHaveNoStatement() {
        problem(get(cs, statement(before, now().plusSeconds(60))), 422, "instant-in-future");
        problem(get(cs, statement(before, before)), 400, "empty-period");
        for (var early : List.of(before.minusSeconds(60), YEAR_OF_NOBODY, Instant.MIN)) {
            problem(get(cs, statement(early, before)), 422, "before-opening");
        }
        problem(get(cs, statement(Instant.MIN, YEAR_OF_NOBODY)), 422, "before-opening");
        get(cs, statement(YEAR_OF_NOBODY, now())).expectStatus().isOk();
        problem(get(cs, path + "/statements?from=" + before), 400, "unreadable-request");
    }

    private void use(String meter, String quantity, String settled) {
        outside.usage(account, meter, quantity);
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo(settled));
    }

    /** An instant after everything so far, and closed. */
    private Instant later() {
        advanceTime(Duration.ofMillis(2));
        var instant = now().truncatedTo(ChronoUnit.MILLIS);
        advanceTime(Duration.ofMinutes(3));
        return instant;
    }

    private String settledAt(Instant instant) {
        return wallet.get(path + "/balance?at=" + instant)
                .path("settled")
                .path("amount")
                .asString();
    }

    private String statement(Instant from, Instant to) {
        return path + "/statements?from=" + from + "&to=" + to;
    }

    private static List<String> movements(JsonNode statement) {
        return statement
                .path("movements")
                .valueStream()
                .map(each -> String.join(
                        " ",
                        each.path("kind").asString(),
                        text(each, "meterId"),
                        each.path("count").asString(),
                        text(each, "quantity"),
                        amount(each, "amount")))
                .toList();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).isMissingNode() ? "null" : node.path(field).asString();
    }

    private static String amount(JsonNode node, String field) {
        return node.path(field).path("amount").asString();
    }

    private ResponseSpec balance(WebTestClient http, Instant at) {
        return get(http, path + "/balance?at=" + at);
    }

    private static ResponseSpec get(WebTestClient http, String uri) {
        return http.get().uri(uri).exchange();
    }

    private static void problem(ResponseSpec answer, int status, String type) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.type").isEqualTo("urn:problem:wallet:" + type);
    }

    private static String body(ResponseSpec answer) {
        return answer.expectBody(String.class).returnResult().getResponseBody();
    }
}
