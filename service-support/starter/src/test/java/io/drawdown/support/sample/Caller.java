package io.drawdown.support.sample;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Calls the sample over HTTP with someone's key. */
public record Caller(WebTestClient http) {

    public static Caller at(int port, String key) {
        return new Caller(client(port)
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key)
                .build());
    }

    public static Caller anonymous(int port) {
        return new Caller(client(port).build());
    }

    private static WebTestClient.Builder client(int port) {
        return WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port);
    }

    public ResponseSpec get(String path) {
        return http.get().uri(path).exchange();
    }

    public ResponseSpec order(String idempotencyKey, String json) {
        return http.post()
                .uri("/v1/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", idempotencyKey)
                .bodyValue(json)
                .exchange();
    }
}
