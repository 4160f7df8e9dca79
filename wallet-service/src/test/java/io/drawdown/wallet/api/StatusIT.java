package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Wallets that are paused, closed and opened again, in the service as a whole. */
class StatusIT extends WalletIntegrationTest {

    private static final String OPEN = "{\"status\":\"open\",\"reason\":\"test\"}";
    private static final String PAUSED = "{\"status\":\"paused\",\"reason\":\"test\"}";
    private static final String CLOSED = "{\"status\":\"closed\",\"reason\":\"test\",\"credit\":\"forfeit\"}";

    final String account = Outside.unique("acc");

    @Autowired
    private JdbcClient jdbc;

    private WalletClient wallet;

    @BeforeEach
    void open() {
        wallet = new WalletClient(billing, account);
        wallet.open();
        wallet.grant("10");
    }

    @Test
    void aPausedWalletRefusesWhatIsNewAndTakesWhatHasHappened() {
        var meter = outside.meteredAt("1", "USD");
        put(billing, PAUSED)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("paused");
        authorized("wallet-paused");
        refused(post("/holds", "{\"amount\":\"1\"}"), "wallet-paused");
        refused(post("/top-ups", "{\"amount\":\"20\"}"), "wallet-paused");
        outside.usage(account, meter, "4");
        settles("6");
        put(billing, OPEN).expectStatus().isOk();
        authorized(null);
    }

    @Test
    void usageAndPaidInvoicesWaitForAClosedWalletToOpen() {
        var meter = outside.meteredAt("1", "USD");
        var price = Outside.unique("price");
        outside.price(price, "1", "USD", true);
        put(billing, CLOSED)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("closed")
                .jsonPath("$.settled.amount")
                .isEqualTo("0.00");
        authorized("wallet-closed");
        outside.usage(account, meter, "4");
        outside.publish(outside.paidInvoice(account, price, "25", "USD"));
        await().untilAsserted(() -> assertThat(parked("parked_usage")).isEqualTo("wallet-closed"));
        await().untilAsserted(() -> assertThat(parked("parked_credit")).isEqualTo("wallet-closed"));
        assertThat(wallet.settled()).isZero();
        assertThat(wallet.get("/v1/parked-credit?limit=1000").path("data").toString())
                .contains(account);
        put(billing, OPEN).expectStatus().isOk();
        billing.post().uri("/v1/parked-usage/replay").exchange().expectStatus().isOk();
        outside.price(
                Outside.unique("price"), "1", "USD", true); // A change of the catalogue has parked credit looked at.
        settles("21");
        assertThat(wallet.ledger().toString()).contains("GrantForfeited");
    }

    @Test
    void aWalletInUseIsNotClosed() {
        post("/holds", "{\"amount\":\"1\"}").expectStatus().isCreated();
        refused(put(billing, CLOSED), "wallet-in-use");
    }

    @Test
    void answersWithEveryStatus() {
        put(billing, "{\"status\":\"closed\",\"reason\":\"says nothing of the credit\"}")
                .expectStatus()
                .isBadRequest();
        put(billing, "{\"status\":\"paused\",\"reason\":\"x\",\"credit\":\"keep\"}")
                .expectStatus()
                .isBadRequest();
        put(billing, "{\"status\":\"gone\",\"reason\":\"x\"}").expectStatus().isBadRequest();
        put(cs, PAUSED).expectStatus().isForbidden();
        put(nobody, PAUSED).expectStatus().isUnauthorized();
        billing.put()
                .uri("/v1/wallets/wal_nobody/status")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(PAUSED)
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private void authorized(@Nullable String refusal) {
        var answer = backend.post()
                .uri("/v1/authorizations")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"accountId\":\"%s\",\"amount\":\"1\"}".formatted(account))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.allowed")
                .isEqualTo(refusal == null);
        if (refusal != null) {
            answer.jsonPath("$.reason").isEqualTo(refusal);
        }
    }

    private static void refused(ResponseSpec answer, String type) {
        answer.expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .value(String.class, value -> assertThat(value).endsWith(type));
    }

    private void settles(String balance) {
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo(balance));
    }

    private String parked(String table) {
        return jdbc.sql("select reason from " + table + " where account_id = ?")
                .param(account)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private ResponseSpec post(String path, String body) {
        return billing.post()
                .uri("/v1/wallets/" + wallet.id() + path)
                .header("Idempotency-Key", Outside.unique("key"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec put(WebTestClient client, String body) {
        return client.put()
                .uri("/v1/wallets/" + wallet.id() + "/status")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }
}
