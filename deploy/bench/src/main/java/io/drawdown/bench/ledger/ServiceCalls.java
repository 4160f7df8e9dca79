package io.drawdown.bench.ledger;

import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;

/** Calls to wallet-service, one after another on one connection. */
final class ServiceCalls {

    private final String url;
    private final String apiKey;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ServiceCalls(Environment environment) {
        this.url = environment.addressOf("wallet");
        this.apiKey = environment.apiKeyOf("billing");
    }

    /** Reads a wallet. */
    void wallet(String account) {
        send("/v1/wallets/wal_" + account, "GET");
    }

    /** Reads a wallet's balance at an instant, which the service does from the database. */
    void balance(String account, Instant at) {
        send("/v1/wallets/wal_" + account + "/balance?at=" + at, "GET");
    }

    /** Replays the whole log; the lines of the answer. */
    List<String> verify() {
        return send("/v1/ledger/verifications", "POST").lines().toList();
    }

    private String send(String path, String method) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + apiKey)
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " was answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + path, e);
        }
    }
}
