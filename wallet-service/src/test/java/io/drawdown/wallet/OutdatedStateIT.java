package io.drawdown.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * One of two instances draws an account's usage down and remembers its wallets. Whoever of the two changes what decides over
 * the next usage event: it is handled as the change says.
 */
class OutdatedStateIT extends WalletIntegrationTest {

    private static final String OPEN = "{\"status\":\"open\",\"reason\":\"test\"}";
    private static final String CLOSED = "{\"status\":\"closed\",\"reason\":\"test\",\"credit\":\"keep\"}";

    private final String account = Outside.unique("acc");
    private final String main = "wal_" + account;
    private final String tokens = "wal.tokens_" + account;

    @Autowired
    private JdbcClient jdbc;

    private WalletClient wallet;
    private String meter;

    @Test
    void usageFollowsWhatAnotherInstanceHasChanged() {
        meter = outside.meteredAt("1", "USD");
        wallet = new WalletClient(billing, account);
        wallet.open();
        open("tokens");
        use();
        settles(main, "-1");
        try (var other = anotherInstance()) {
            for (var instance : List.of(billing, billingOf(other), billing)) {
                follows(instance);
            }
        }
    }

    private void follows(WebTestClient instance) {
        var before = settled(main);
        var spent = settled(tokens);
        put(instance, tokens + "/meters/" + meter, "");
        use();
        settles(tokens, spent.subtract(BigDecimal.ONE).toPlainString());
        put(instance, main + "/meters/" + meter, "");
        settled(tokens); // So that whoever answers knows that wallet as it is now, and perhaps not the main one.
        use();
        settles(main, before.subtract(BigDecimal.ONE).toPlainString());

        put(instance, main + "/settlements/" + meter, "{\"mode\":\"arrears\"}");
        var left = use();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(wallet.usageLines())
                        .anyMatch(line -> line.path("id").asString().equals(left) && !line.has("amount")));
        put(instance, main + "/settlements/" + meter, "{\"mode\":\"prepaid\"}");
        use();
        settles(main, before.subtract(BigDecimal.TWO).toPlainString());

        put(instance, main + "/status", CLOSED);
        var waiting = use();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(parked(waiting)).isEqualTo("wallet-closed"));
        put(instance, main + "/status", OPEN);
        billing.post().uri("/v1/parked-usage/replay").exchange().expectStatus().isOk();
        settles(main, before.subtract(BigDecimal.valueOf(3)).toPlainString());
    }

    private String use() {
        return outside.usage(account, meter, "1").getId();
    }

    private void settles(String id, String balance) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(settled(id)).isEqualByComparingTo(balance));
    }

    private BigDecimal settled(String id) {
        return new BigDecimal(
                wallet.get("/v1/wallets/" + id).path("settled").path("amount").asString());
    }

    private String parked(String usageId) {
        return jdbc.sql("select reason from parked_usage where usage_id = ?")
                .param(usageId)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private void open(String name) {
        billing.post()
                .uri("/v1/wallets")
                .header("Idempotency-Key", Outside.unique("key"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"accountId\":\"%s\",\"name\":\"%s\",\"currency\":\"USD\"}".formatted(account, name))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private static void put(WebTestClient instance, String path, String body) {
        instance.put()
                .uri("/v1/wallets/" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk();
    }
}
