package io.drawdown.support.sample;

import io.drawdown.support.test.ServiceClient;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Calls the sample over HTTP with someone's key. */
public record Caller(WebTestClient http) {

    public static Caller at(int port, String key) {
        return new Caller(ServiceClient.at(port, key));
    }

    public static Caller anonymous(int port) {
        return new Caller(ServiceClient.at(port).build());
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
