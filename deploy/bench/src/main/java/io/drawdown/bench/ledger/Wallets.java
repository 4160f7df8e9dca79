package io.drawdown.bench.ledger;

import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Opens a wallet with credit for each account, through the API that operators use. */
public final class Wallets {

    private static final int AT_ONCE = 16;

    private final String url;
    private final String apiKey;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public Wallets(Environment environment) {
        this.url = environment.addressOf("wallet") + "/v1/wallets";
        this.apiKey = environment.apiKeyOf("billing");
    }

    /** The accounts' ids. */
    public static List<String> accounts(int count) {
        return IntStream.range(0, count).mapToObj("bench-%06d"::formatted).toList();
    }

    /** Opens them and gives each a million. */
    public void open(List<String> accounts) {
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var opened = accounts.stream()
                    .map(account -> threads.submit(() -> inTurn(places, () -> open(account))))
                    .toList();
            for (var one : opened) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Not all wallets could be opened: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while opening wallets", e);
        }
    }

    private static Void inTurn(Semaphore places, Callable<Void> task) throws Exception {
        places.acquire();
        try {
            return task.call();
        } finally {
            places.release();
        }
    }

    private Void open(String account) throws InterruptedException {
        var opening = "{\"accountId\":\"%s\",\"currency\":\"USD\",\"timeZone\":\"UTC\"}".formatted(account);
        var wallet = post(url, opening, account);
        var id = JsonMapper.shared().readTree(wallet).get("walletId").asString();
        var grant = "{\"amount\":\"1000000.00\",\"reason\":\"benchmark\"}";
        post(url + "/" + id + "/grants", grant, account + "-credit");
        return null;
    }

    private String post(String address, String body, String idempotencyKey) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        "%s was answered %d: %s".formatted(address, response.statusCode(), response.body()));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(address + " failed: " + e.getMessage(), e);
        }
    }
}
