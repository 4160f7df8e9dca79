package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nobody reaches another account's wallet: not by a path, not by a key, not by a payment, not without the role. */
class CrossAccountIT extends WalletIntegrationTest {

    final String mine = Outside.unique("acc");
    final String theirs = Outside.unique("acc");

    private WalletClient me;
    private WalletClient them;

    @BeforeEach
    void open() {
        me = new WalletClient(billing, mine);
        them = new WalletClient(billing, theirs);
        me.open();
        me.grant("10");
        them.open("5", "50");
        them.grant("10");
    }

    @Test
    void whatIsAnothersIsNotFoundBelowOnesOwnWallet() {
        var hold = id(post(backend, them, "/holds", "{\"amount\":\"2\"}"), "holdId");
        var grant = them.get("/v1/wallets/" + them.id() + "/grants")
                .at("/data/0/grantId")
                .asString();

        for (var request : List.of(
                "/holds/" + hold + "/capture {\"amount\":\"1\"}",
                "/holds/" + hold + "/release ",
                "/grants/" + grant + "/void {\"reason\":\"r\"}")) {
            var words = request.split(" ", 2);
            post(billing, me, words[0], words[1]).expectStatus().isNotFound();
        }

        assertThat(balances(me)).containsExactly("10.00", "0.00");
        assertThat(balances(them)).containsExactly("10.00", "2.00");
    }

    /** Two backends may choose the same key: neither gets the other's answer, nor goes without its effect. */
    @Test
    void aKeyIsRememberedForOneWalletOnly() {
        var key = Outside.unique("key");
        var grant = "{\"amount\":\"1\",\"reason\":\"r\"}";

        for (var wallet : List.of(me, them, me)) {
            assertThat(id(post(billing, wallet, "/grants", grant, key), "walletId"))
                    .isEqualTo(wallet.id());
        }

        assertThat(balances(me)).containsExactly("11.00", "0.00");
        assertThat(balances(them)).containsExactly("11.00", "0.00");
    }

    /** Whatever an invoice names: who has paid it gets the credit, and nobody's top-up ends by it. */
    @Test
    void aPaymentReachesNoWalletButItsPayers() {
        post(billing, them, "/top-ups", "{\"amount\":\"50\"}").expectStatus().isAccepted();
        var pending = "rpl_" + theirs + "_1";
        var paid = outside.invoice(mine, InvoiceStatus.PAID, pending, "USD", Outside.line(null, "50"));
        paid.setWalletId(them.id());
        outside.publish(paid);

        await().untilAsserted(() -> assertThat(balances(me)).containsExactly("60.00", "0.00"));
        assertThat(balances(them)).containsExactly("10.00", "0.00");
        assertThat(them.pending()).isEqualTo(pending);
    }

    @Test
    void nobodyMovesMoneyWithoutTheRole() {
        var paths = Stream.of(
                        "/grants", "/grants/grt/void", "/top-ups", "/holds", "/holds/hld/capture", "/holds/hld/release")
                .map(path -> HttpMethod.POST + " " + path);
        var settings = Stream.of("/replenishment", "/overdraft-limit", "/status", "/settlements/mtr", "/meters/mtr")
                .map(path -> HttpMethod.PUT + " " + path);
        var requests = Stream.concat(paths, settings).toList();

        for (var request : requests) {
            assertThat(status(cs, request)).as("cs: " + request).isEqualTo(403);
            assertThat(status(sales, request)).as("sales: " + request).isEqualTo(403);
            assertThat(status(nobody, request)).as("nobody: " + request).isEqualTo(401);
            if (!request.contains("/holds")) {
                assertThat(status(backend, request)).as("a backend: " + request).isEqualTo(403);
            }
        }
        assertThat(me.get("/v1/wallets/" + me.id() + "/ledger").path("data")).hasSize(2);
    }

    private int status(WebTestClient client, String request) {
        var words = request.split(" ");
        return client.method(HttpMethod.valueOf(words[0]))
                .uri("/v1/wallets/" + me.id() + words[1])
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private static ResponseSpec post(WebTestClient client, WalletClient wallet, String path, String body) {
        return post(client, wallet, path, body, Outside.unique("key"));
    }

    private static ResponseSpec post(WebTestClient client, WalletClient wallet, String path, String body, String key) {
        return client.post()
                .uri("/v1/wallets/" + wallet.id() + path)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static String id(ResponseSpec answer, String name) {
        var body = answer.expectStatus()
                .isCreated()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body).path(name).asString();
    }

    /** What is settled and what is held. */
    private static List<String> balances(WalletClient wallet) {
        JsonNode shown = wallet.get("/v1/wallets/" + wallet.id());
        return Stream.of("settled", "held")
                .map(part -> shown.path(part).path("amount").asString())
                .toList();
    }
}
