package io.drawdown.wallet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An account's wallet as an operator sees it. */
public final class WalletClient {

    private final WebTestClient http;
    private final String account;

    public WalletClient(WebTestClient http, String account) {
        this.http = http;
        this.account = account;
    }

    public String id() {
        return "wal_" + account;
    }

    /** Opens it in USD with no replenishment. */
    public void open() {
        post("/v1/wallets", "{\"accountId\":\"%s\",\"currency\":\"USD\",\"timeZone\":\"UTC\"}".formatted(account));
    }

    public void open(String threshold, String amount) {
        post("/v1/wallets", """
                {"accountId":"%s","currency":"USD","timeZone":"UTC",
                 "replenishment":{"enabled":true,"threshold":"%s","amount":"%s"}}""".formatted(account, threshold, amount));
    }

    public void grant(String amount) {
        post("/v1/wallets/" + id() + "/grants", "{\"amount\":\"%s\",\"reason\":\"test\"}".formatted(amount));
    }

    /** Gives credit that expires. */
    public void grant(String amount, Instant expiresAt) {
        post(
                "/v1/wallets/" + id() + "/grants",
                "{\"amount\":\"%s\",\"reason\":\"test\",\"expiresAt\":\"%s\"}".formatted(amount, expiresAt));
    }

    /** Gives credit that begins later. */
    public void grantFrom(String amount, Instant effectiveAt) {
        post(
                "/v1/wallets/" + id() + "/grants",
                "{\"amount\":\"%s\",\"reason\":\"test\",\"effectiveAt\":\"%s\"}".formatted(amount, effectiveAt));
    }

    public void hold(String amount, Instant expiresAt) {
        post("/v1/wallets/" + id() + "/holds", "{\"amount\":\"%s\",\"expiresAt\":\"%s\"}".formatted(amount, expiresAt));
    }

    /** Sets how it tops itself up. */
    public void replenish(String policy) {
        http.put()
                .uri("/v1/wallets/{id}/replenishment", id())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(policy)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private void post(String path, String body) {
        http.post()
                .uri(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isCreated();
    }

    public BigDecimal settled() {
        return new BigDecimal(show().path("settled").path("amount").asString());
    }

    public @Nullable String pending() {
        var pending = show().path("pendingReplenishment");
        return pending.isMissingNode() ? null : pending.path("replenishmentId").asString();
    }

    public JsonNode show() {
        return get("/v1/wallets/" + id());
    }

    public JsonNode ledger() {
        return get("/v1/wallets/" + id() + "/ledger?limit=1000").path("data");
    }

    /** The usage in the ledger's draw-downs, in order, with repeats if there were any. */
    public List<String> usageIds() {
        return usageLines().stream().map(line -> line.path("id").asString()).toList();
    }

    public List<JsonNode> usageLines() {
        var lines = new ArrayList<JsonNode>();
        ledger().forEach(entry -> entry.path("lines").forEach(lines::add));
        return lines;
    }

    public JsonNode get(String path) {
        var body = http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body);
    }
}
